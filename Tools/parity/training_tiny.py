"""Writes what PyTorch makes of training: AdamW, and whole training steps of tiny diffusion models.

    python Tools/parity/training_tiny.py [--out FOLDER]

`adamw.safetensors` follows one matrix and one vector over eight steps of given gradients. Each other file holds a tiny
text encoder and UNet: their weights, a batch, the loss and its gradients for every parameter, and, for one of them, the
weights and their averages after three steps on that batch, clipped, with AdamW. Parameters are named and shaped as in
checkpoints, prefixed with `unet.` and `text_encoder.`; pictures are [batch, channels, height, width] f32.
Everything is computed in f64 and kept as f32, so that only the other side's rounding counts.
Runs with the versions that Tools/parity/requirements.txt names.
"""

import argparse
import copy
import json
import pathlib

import diffusers
import torch
import transformers
from models_weights import fill, normal, save

COMMAND = "python Tools/parity/training_tiny.py"
FIXTURES = pathlib.Path(__file__).parents[2] / "Tests/TrainingTests/Fixtures"
SETTINGS = {"lr": 0.01, "betas": (0.9, 0.99), "eps": 1e-8, "weight_decay": 0.05}
LARGEST_NORM, TEXT_RATE, AVERAGE_DECAY, STEPS = 0.5, 0.4, 0.25, 3
# Where a gradient is next to nothing, Adam makes a whole step of its rounding; this epsilon keeps it small.
STEP_EPSILON = 1e-4

UNET = {
    "sample_size": 8, "norm_num_groups": 2, "cross_attention_dim": 8, "attention_head_dim": 2, "layers_per_block": 1,
    "block_out_channels": [4, 8],
}  # fmt: skip
CASES = {
    # As the built-in model: attention at every level, linear projections, the text pooled into the timestep.
    "pooled": UNET | {
        "down_block_types": ["CrossAttnDownBlock2D"] * 2, "up_block_types": ["CrossAttnUpBlock2D"] * 2,
        "use_linear_projection": True, "addition_embed_type": "text", "addition_embed_type_num_heads": 2,
    },
    # As Stable Diffusion 1.x: convolutions around the transformer, none at the lowest level.
    "plain": UNET | {
        "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
        "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"], "block_out_channels": [4, 4],
    },
}  # fmt: skip
TEXT = {
    "vocab_size": 24, "hidden_size": 8, "intermediate_size": 16, "projection_dim": 8, "num_attention_heads": 2,
    "num_hidden_layers": 1, "max_position_embeddings": 8, "hidden_act": "gelu", "bos_token_id": 22, "eos_token_id": 23,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=FIXTURES)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    write_optimizer(out / "adamw.safetensors")
    # Seeds whose networks lose little in f32; with others, a group of the norms has hardly any variance.
    write_steps(out / "pooled.safetensors", CASES["pooled"], seed=7110, steps=STEPS)
    write_steps(out / "plain.safetensors", CASES["plain"], seed=7180, steps=0)


def write_optimizer(path: pathlib.Path) -> None:
    """Eight steps of given gradients, the rate another in each; the matrix decays, the vector does not."""
    matrix, vector = torch.nn.Parameter(normal(1, 3, 5)), torch.nn.Parameter(normal(2, 7))
    optimizer = torch.optim.AdamW(
        [{"params": [matrix]}, {"params": [vector], "weight_decay": 0}], **SETTINGS, foreach=False
    )
    rates = [0.001 * (step + 1) for step in range(8)]
    tensors = {"before/matrix": matrix.detach().clone(), "before/vector": vector.detach().clone()}
    for step, rate in enumerate(rates):
        # Steps 5 and after are a thousand times smaller: the second moment remembers the large ones.
        scale = 1 if step < 5 else 1e-3
        matrix.grad, vector.grad = normal(10 + step, 3, 5) * scale, normal(30 + step, 7) * scale
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        tensors |= {f"gradient/{step}/matrix": matrix.grad, f"gradient/{step}/vector": vector.grad}
        tensors |= {f"after/{step}/matrix": matrix.detach().clone(), f"after/{step}/vector": vector.detach().clone()}
    save(tensors, path, described({"rates": json.dumps(rates), "settings": json.dumps(SETTINGS)}))


def write_steps(path: pathlib.Path, config: dict, seed: int, steps: int) -> None:
    unet = diffusers.UNet2DConditionModel(**config).train()
    text = transformers.CLIPTextModel(transformers.CLIPTextConfig(**TEXT)).train()
    fill(unet, seed, gain=1)
    fill(text, seed + 1, gain=1)
    batch = {
        "noisy": normal(seed + 2, 2, 4, 8, 8), "timesteps": torch.tensor([981.0, 40.0]),
        "tokens": torch.tensor([[22, 3, 17, 9, 23, 23, 23, 23], [22, 5, 5, 23, 23, 23, 23, 23]]),
        "target": normal(seed + 3, 2, 4, 8, 8), "weights": torch.tensor([0.5, 1.5]),
    }  # fmt: skip
    rounded = differentiated(copy.deepcopy(unet), copy.deepcopy(text), batch)[1]
    unet, text = unet.double(), text.double()
    batch = {name: value.double() if value.is_floating_point() else value for name, value in batch.items()}
    tensors = {f"input/{name}": value for name, value in batch.items()}
    parameters = named(unet, text)
    tensors |= {f"before/{name}": value.detach().clone() for name, value in parameters.items()}
    loss, gradients = differentiated(unet, text, batch)
    error = largest_distance(rounded, gradients)
    if error > 2e-5:
        raise SystemExit(f"{path.name}: f32 itself is {error:.0e} away; choose another seed.")
    tensors |= {f"gradient/{name}": value for name, value in gradients.items()}
    tensors |= {"loss": loss.reshape(1), "norm": norm(gradients.values()).reshape(1)}
    if steps:
        average = trained(unet, text, batch, steps)
        tensors |= {f"after/{name}": value.detach().clone() for name, value in parameters.items()}
        tensors |= {f"average/{name}": value for name, value in average.items()}
    settings = SETTINGS | {
        "eps": STEP_EPSILON, "norm": LARGEST_NORM, "text_rate": TEXT_RATE, "average": AVERAGE_DECAY, "steps": steps,
    }  # fmt: skip
    entries = {
        "unet": json.dumps({name: value for name, value in unet.config.items() if not name.startswith("_")}),
        "text_encoder": json.dumps(TEXT | {"model_type": "clip_text_model"}),
        "settings": json.dumps(settings),
        "seed": str(seed),
        "f32_error": f"{error:.0e}",
    }
    narrow = {name: value.float() if value.is_floating_point() else value for name, value in tensors.items()}
    save(narrow, path, described(entries))
    print(f"{path.name:24} {path.stat().st_size / 1024:7.1f} KB")


def named(unet, text) -> dict[str, torch.nn.Parameter]:
    """The parameters by the names that Ondol's training gives them."""
    parameters = {f"unet.{name}": value for name, value in unet.named_parameters()}
    return parameters | {f"text_encoder.text_model.{name}": value for name, value in text.named_parameters()}


def differentiated(unet, text, batch) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """The weighted squared error of the predicted velocity, and its gradients."""
    parameters = named(unet, text)
    for value in parameters.values():
        value.grad = None
    context = text(input_ids=batch["tokens"]).last_hidden_state
    predicted = unet(batch["noisy"], batch["timesteps"], encoder_hidden_states=context).sample
    loss = (((predicted - batch["target"]) ** 2).mean(dim=(1, 2, 3)) * batch["weights"]).mean()
    loss.backward()
    unused = [name for name, value in parameters.items() if value.grad is None]
    if unused:
        raise SystemExit(f"{unused} have no gradient; the case would prove too little.")
    return loss.detach(), {name: value.grad.clone() for name, value in parameters.items()}


def largest_distance(found: dict, expected: dict) -> float:
    """As the tests measure it: relative to a parameter's largest gradient, or a thousandth of the largest of all."""
    floor = 1e-3 * max(value.abs().max().item() for value in expected.values())
    return max(
        (found[name].double() - value).abs().max().item() / max(value.abs().max().item(), floor)
        for name, value in expected.items()
    )


def norm(gradients) -> torch.Tensor:
    return torch.stack([value.norm() for value in gradients]).norm()


def trained(unet, text, batch, steps: int) -> dict[str, torch.Tensor]:
    """Trains in place and returns the averages; vectors do not decay, the text encoder learns more slowly."""
    parameters = named(unet, text)
    groups = [
        {
            "params": [value],
            "lr": SETTINGS["lr"] * (TEXT_RATE if name.startswith("text_encoder.") else 1),
            "weight_decay": SETTINGS["weight_decay"] if value.dim() > 1 else 0,
        }
        for name, value in parameters.items()
    ]
    optimizer = torch.optim.AdamW(groups, **(SETTINGS | {"eps": STEP_EPSILON}), foreach=False)
    average = {name: value.detach().clone() for name, value in parameters.items()}
    for step in range(steps):
        differentiated(unet, text, batch)
        torch.nn.utils.clip_grad_norm_(list(parameters.values()), LARGEST_NORM)
        optimizer.step()
        keep = min(AVERAGE_DECAY, (2 + step) / (11 + step))
        for name, value in parameters.items():
            average[name] = value.detach() + (average[name] - value.detach()) * keep
    return average


def described(entries: dict[str, str]) -> dict[str, str]:
    versions = f"torch {torch.__version__.split('+')[0]}, diffusers {diffusers.__version__}, "
    versions += f"transformers {transformers.__version__}"
    return {"command": COMMAND, "versions": versions} | entries


if __name__ == "__main__":
    main()
