"""Puts a tiny random Stable Diffusion model together, and writes what diffusers draws with it.

    python Tools/parity/pipeline_tiny.py [--out FOLDER]

`FOLDER/model` becomes a whole diffusers model folder; its vocabulary is that of the tokenizers' tests.
`FOLDER/case.safetensors` holds, for two pictures side by side with guidance 5: the initial latents, and of DDIM,
Euler and DPM-Solver++ the latents after every step and the pictures; then the same for a picture that begins with
a photo. Pictures and latents are [batch, channels, height, width] f32, trajectories have the step in front.
Runs with the versions that Tools/parity/requirements.txt names.
"""

import argparse
import json
import pathlib
import shutil

import diffusers
import torch
import transformers
from models_tiny import write_config
from models_weights import fill, normal, save

COMMAND = "python Tools/parity/pipeline_tiny.py"
TESTS = pathlib.Path(__file__).parents[2] / "Tests"
PROMPTS = ["노을 속 바닷가의 소녀, 수채화 스타일", "A fox in the snowy village at midnight"]
NEGATIVE_PROMPTS = ["blurry", ""]
GUIDANCE, STEPS, SIZE, SEED = 5.0, 6, 64, 2026
PHOTO_SOLVER, PHOTO_STEPS, STRENGTH = "ddim", 8, 0.5
SOLVERS = {
    "ddim": diffusers.DDIMScheduler,
    "euler": diffusers.EulerDiscreteScheduler,
    "dpm": diffusers.DPMSolverMultistepScheduler,
}
SCHEDULER = {
    "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "clip_sample": False,
    "set_alpha_to_one": False, "steps_offset": 1, "timestep_spacing": "leading",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=TESTS / "ImagePipelinesTests/Fixtures")
    options = parser.parse_args()
    torch.set_num_threads(1)
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.disable_progress_bar()
    folder = options.out / "model"
    write_model(folder)
    pipeline = diffusers.StableDiffusionPipeline.from_pretrained(folder, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    tensors = {"initial": normal(SEED + 3, 2, 4, SIZE // 8, SIZE // 8)}
    with torch.no_grad():
        for name, scheduler in SOLVERS.items():
            pipeline.scheduler = scheduler.from_config(pipeline.scheduler.config)
            tensors |= drawn(pipeline, name, tensors["initial"])
        tensors |= drawn_from_photo(pipeline)
    metadata = {
        "command": COMMAND,
        "prompts": json.dumps(PROMPTS, ensure_ascii=False),
        "negative_prompts": json.dumps(NEGATIVE_PROMPTS),
        "versions": f"torch {torch.__version__.split('+')[0]}, diffusers {diffusers.__version__}, "
        f"transformers {transformers.__version__}",
    }
    save(tensors, options.out / "case.safetensors", metadata)
    for name, tensor in tensors.items():
        print(f"{name:16} {str(list(tensor.shape)):24} largest {tensor.abs().max():.3f}")
    print(sum(file.stat().st_size for file in options.out.rglob("*") if file.is_file()) // 1024, "KB")


def write_model(folder: pathlib.Path) -> None:
    shutil.copytree(TESTS / "TokenizersTests/Fixtures/stable-diffusion-1", folder / "tokenizer", dirs_exist_ok=True)
    words = json.loads((folder / "tokenizer/vocab.json").read_text())
    text = transformers.CLIPTextConfig(
        vocab_size=len(words), hidden_size=12, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=77, hidden_act="quick_gelu", bos_token_id=len(words) - 2,
        eos_token_id=len(words) - 1, pad_token_id=len(words) - 1,
    )  # fmt: skip
    parts = {
        "text_encoder": (transformers.CLIPTextModel(text), "model"),
        "unet": (
            diffusers.UNet2DConditionModel(
                sample_size=8, block_out_channels=[4, 8], layers_per_block=1, norm_num_groups=2,
                cross_attention_dim=12, attention_head_dim=2,
                down_block_types=["CrossAttnDownBlock2D", "DownBlock2D"],
                up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
            ),
            "diffusion_pytorch_model",
        ),
        "vae": (
            diffusers.AutoencoderKL(
                sample_size=SIZE, block_out_channels=[4, 4, 8, 8], layers_per_block=1, norm_num_groups=2,
                down_block_types=["DownEncoderBlock2D"] * 4, up_block_types=["UpDecoderBlock2D"] * 4,
            ),
            "diffusion_pytorch_model",
        ),
    }  # fmt: skip
    index = {
        "_class_name": "StableDiffusionPipeline", "_diffusers_version": diffusers.__version__,
        "feature_extractor": [None, None], "image_encoder": [None, None], "requires_safety_checker": False,
        "safety_checker": [None, None], "scheduler": ["diffusers", "DDIMScheduler"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
    }  # fmt: skip
    for offset, (name, (model, stem)) in enumerate(parts.items()):
        fill(model.eval(), SEED + offset, gain=1)
        (folder / name).mkdir(parents=True, exist_ok=True)
        write_config(model, folder / name, None)
        save(dict(model.state_dict()), folder / name / f"{stem}.safetensors", {"format": "pt"})
        index[name] = [type(model).__module__.split(".")[0], type(model).__name__]
    diffusers.DDIMScheduler(**SCHEDULER).save_config(folder / "scheduler")
    (folder / "model_index.json").write_text(json.dumps(index, indent=2, sort_keys=True) + "\n")


def drawn(pipeline, name: str, initial: torch.Tensor) -> dict[str, torch.Tensor]:
    """What the whole pipeline makes of the initial latents with its scheduler."""
    seen = []
    latents = pipeline(
        PROMPTS, negative_prompt=NEGATIVE_PROMPTS, height=SIZE, width=SIZE, num_inference_steps=STEPS,
        guidance_scale=GUIDANCE, latents=initial.clone(), output_type="latent",
        callback_on_step_end=keeping(seen),
    ).images  # fmt: skip
    picture = pipeline.vae.decode(latents / pipeline.vae.config.scaling_factor).sample
    return {f"{name}.latents": torch.stack(seen), f"{name}.picture": picture}


def drawn_from_photo(pipeline) -> dict[str, torch.Tensor]:
    """A photo's mean latent, noised and drawn on from there."""
    scheduler = SOLVERS[PHOTO_SOLVER].from_config(pipeline.scheduler.config)
    other = diffusers.StableDiffusionImg2ImgPipeline(**pipeline.components | {"scheduler": scheduler})
    other.set_progress_bar_config(disable=True)
    # Eight bits a colour, as a photo has them.
    photo = ((normal(SEED + 4, 1, 3, SIZE, SIZE).tanh() + 1) * 127.5).round() / 127.5 - 1
    encoded = pipeline.vae.encode(photo).latent_dist.mean * pipeline.vae.config.scaling_factor
    noise = torch.randn(encoded.shape, generator=torch.Generator().manual_seed(SEED))
    seen = []
    other(
        PROMPTS[:1], negative_prompt=NEGATIVE_PROMPTS[:1], image=encoded, strength=STRENGTH,
        num_inference_steps=PHOTO_STEPS, guidance_scale=GUIDANCE, output_type="latent",
        generator=torch.Generator().manual_seed(SEED), callback_on_step_end=keeping(seen),
    )  # fmt: skip
    return {"photo": photo, "photo.encoded": encoded, "photo.noise": noise, "photo.latents": torch.stack(seen)}


def keeping(seen: list):
    def callback(_pipeline, _step, _timestep, values):
        seen.append(values["latents"].clone())
        return values

    return callback


if __name__ == "__main__":
    main()
