"""Makes Tests/SamplersTests/Fixtures: whole trajectories of diffusers' schedulers with an invented model and
given noise, its training schedules, and Gaussian noise computed the plain way.

Run from the repository root, with Tools/parity/requirements.txt installed:

    python Tools/parity/samplers_fixtures.py
"""

import itertools
import json
import math
import pathlib
import warnings

import diffusers
import numpy as np
import torch
from diffusers.schedulers import scheduling_euler_ancestral_discrete
from diffusers.training_utils import compute_snr

COMMAND = "python Tools/parity/samplers_fixtures.py"
FOLDER = pathlib.Path("Tests/SamplersTests/Fixtures")
ELEMENTS = 3
STEP_COUNTS = [1, 2, 5, 20, 50]
STABLE_DIFFUSION = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
SOLVERS = {
    "ddim": diffusers.DDIMScheduler,
    "euler": diffusers.EulerDiscreteScheduler,
    "euler-ancestral": diffusers.EulerAncestralDiscreteScheduler,
    "dpm++2m": diffusers.DPMSolverMultistepScheduler,
}


def noise(index):
    """Noise number `index`; 0 starts the picture, i + 1 belongs to step i."""
    return torch.tensor([math.cos(13.0 * index + 1.7 * e + 0.3) * 1.3 for e in range(ELEMENTS)], dtype=torch.float32)


def picture():
    return torch.tensor([0.8, -0.5, 0.1], dtype=torch.float32)


def model(latent, timestep):
    """Bounded, smooth, and different at every timestep: all a solver needs of a model."""
    return torch.sin(0.9 * latent + 0.01 * torch.tensor(float(timestep), dtype=torch.float32))


def trajectory(solver, config, count, eta=0.0, strength=None):
    """Every latent, or None where the reference fails or leaves the finite numbers."""
    scheduler = SOLVERS[solver].from_config(config | {"clip_sample": False})
    current = {"step": 0}
    scheduling_euler_ancestral_discrete.randn_tensor = lambda *_, **__: noise(current["step"] + 1)
    scheduler.set_timesteps(count)
    timesteps = scheduler.timesteps
    first = 0
    if strength is not None:
        first = count - min(int(count * strength), count)
        timesteps = timesteps[first:]
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(first)
    if strength is None:
        latent = noise(0) * scheduler.init_noise_sigma
    else:
        latent = scheduler.add_noise(picture()[None], noise(0)[None], timesteps[:1])[0]
    latents = [latent]
    for index, timestep in enumerate(timesteps):
        current["step"] = index
        output = model(scheduler.scale_model_input(latent, timestep), timestep)
        extra = {"eta": eta, "variance_noise": noise(index + 1)} if solver == "ddim" else {}
        latent = scheduler.step(output, timestep, latent, **extra).prev_sample
        latents.append(latent)
    if not all(torch.isfinite(x).all() for x in latents):
        return None, None
    return [float(t) for t in timesteps], latents


def number(value):
    return float(f"{float(value):.8g}")


def case(solver, config, count, eta=0.0, strength=None):
    timesteps, latents = trajectory(solver, config, count, eta, strength)
    record = {"solver": solver, "configuration": json.dumps(config), "steps": count}
    if eta:
        record["eta"] = eta
    if strength is not None:
        record["strength"] = strength
    if timesteps is not None:
        stride = max(1, len(timesteps) // 5)
        record["timesteps"] = [number(t) for t in timesteps]
        record["latents"] = {
            str(i): [number(x) for x in latent]
            for i, latent in enumerate(latents)
            if i % stride == 0 or i == len(timesteps)
        }
    return record


def cases():
    ways = [("ddim", 0.0, {}), ("ddim", 1.0, {}), ("euler", 0.0, {}), ("euler", 0.0, {"use_karras_sigmas": True}),
            ("euler-ancestral", 0.0, {}), ("dpm++2m", 0.0, {}), ("dpm++2m", 0.0, {"use_karras_sigmas": True})]
    kinds = ["epsilon", "v_prediction", "sample"]
    spacings = ["leading", "trailing", "linspace"]
    for (solver, eta, extra), kind, spacing, zero, count in itertools.product(ways, kinds, spacings, [False, True], STEP_COUNTS):
        if solver == "euler-ancestral" and kind == "sample":
            continue  # Refused by the reference and by us.
        config = STABLE_DIFFUSION | {"prediction_type": kind, "timestep_spacing": spacing, **extra}
        if zero:
            config["rescale_betas_zero_snr"] = True
        yield case(solver, config, count, eta)
    for solver, count in itertools.product(SOLVERS, [3, 7, 15, 30, 250]):
        yield case(solver, STABLE_DIFFUSION, count)
        yield case(solver, {"beta_schedule": "linear"}, count)
        yield case(solver, STABLE_DIFFUSION | {"timestep_spacing": "trailing"}, count)
        yield case(solver, {"beta_schedule": "squaredcos_cap_v2", "prediction_type": "v_prediction"}, count)
        yield case(solver, STABLE_DIFFUSION | {"timestep_spacing": "leading", "steps_offset": 1, "set_alpha_to_one": False}, count)
        yield case(solver, STABLE_DIFFUSION | {"final_sigmas_type": "sigma_min", "num_train_timesteps": 500}, count)
        yield case(solver, STABLE_DIFFUSION | {"lower_order_final": False, "final_sigmas_type": "sigma_min"}, count)
        yield case(solver, STABLE_DIFFUSION | {"lower_order_final": False, "euler_at_final": True, "final_sigmas_type": "sigma_min"}, count)
        yield case(solver, {"beta_schedule": "squaredcos_cap_v2", "use_karras_sigmas": True}, count)
        yield case(solver, STABLE_DIFFUSION | {"use_karras_sigmas": True, "final_sigmas_type": "sigma_min"}, count)
    for spacing in spacings:
        yield case("dpm++2m", {"beta_schedule": "squaredcos_cap_v2", "lambda_min_clipped": -5.1, "timestep_spacing": spacing}, 20)
    for solver, strength, count in itertools.product(SOLVERS, [0.1, 0.3, 0.75, 1.0], [10, 25]):
        for spacing in ["leading", "linspace"]:
            config = STABLE_DIFFUSION | {"timestep_spacing": spacing, "prediction_type": "v_prediction"}
            yield case(solver, config, count, strength=strength)
    yield case("dpm++2m", STABLE_DIFFUSION | {"use_karras_sigmas": True}, 20, strength=0.6)
    yield case("ddim", STABLE_DIFFUSION, 10, eta=0.5, strength=0.6)


def schedules():
    for schedule, zero in itertools.product(["linear", "scaled_linear", "squaredcos_cap_v2"], [False, True]):
        config = {"beta_schedule": schedule, "rescale_betas_zero_snr": zero, "beta_start": 0.00085, "beta_end": 0.012}
        scheduler = diffusers.DDIMScheduler.from_config(config)
        steps = torch.arange(0, 1000, 37).tolist() + [998, 999]
        t = torch.tensor(steps)
        snr = compute_snr(scheduler, t)
        weight = torch.minimum(snr, torch.tensor(5.0))
        ones = torch.ones(len(steps))
        zeros = torch.zeros(len(steps))
        yield {
            "configuration": json.dumps(config),
            "timesteps": steps,
            # Bit patterns: these are compared exactly.
            "cumulativeAlphas": scheduler.alphas_cumprod.numpy().view(np.uint32)[steps].tolist(),
            "sum": float(scheduler.alphas_cumprod.double().sum()),
            "signalToNoise": [number(x) for x in snr],
            "epsilonWeight": [number(x) if math.isfinite(x) else None for x in weight / snr],
            "velocityWeight": [number(x) for x in weight / (snr + 1)],
            "velocityOfPicture": [number(x) for x in scheduler.get_velocity(ones, zeros, t)],
            "velocityOfNoise": [number(x) for x in scheduler.get_velocity(zeros, ones, t)],
        }


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def normals(seed, stream, count):
    values = []
    for n in range((count + 3) // 4):
        words = philox([n & 0xFFFFFFFF, n >> 32, stream & 0xFFFFFFFF, stream >> 32], [seed & 0xFFFFFFFF, seed >> 32])
        for a, b in (words[:2], words[2:]):
            radius = math.sqrt(-2 * math.log((a + 1) / 2**32))
            values += [radius * math.cos(2 * math.pi * b / 2**32), radius * math.sin(2 * math.pi * b / 2**32)]
    # Bit patterns of the nearest f32.
    return np.array(values[:count], dtype=np.float32).view(np.uint32).tolist()


def write(name, value):
    FOLDER.mkdir(parents=True, exist_ok=True)
    header = {"command": COMMAND, "diffusers": diffusers.__version__, "torch": torch.__version__}
    (FOLDER / name).write_text(json.dumps(header | value, separators=(",", ":")) + "\n")


def main():
    warnings.filterwarnings("ignore")
    diffusers.logging.set_verbosity_error()
    write("trajectories.json", {"cases": list(cases())})
    write("schedules.json", {"schedules": list(schedules())})
    write("noise.json", {"streams": [
        {"seed": seed, "stream": stream, "bits": normals(seed, stream, 203)}
        for seed, stream in [(0, 0), (1, 0), (1, 1), (2**64 - 1, 0), (20261121, 51), (2**40, 2)]
    ]})


if __name__ == "__main__":
    main()
