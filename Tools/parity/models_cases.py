"""The tiny configurations that `models_tiny.py` writes: one row a variant, named after what it is there to prove."""

from dataclasses import dataclass, field

CROSS_DOWN, DOWN = "CrossAttnDownBlock2D", "DownBlock2D"
CROSS_UP, UP = "CrossAttnUpBlock2D", "UpBlock2D"

# The fields that the config.json of Stable Diffusion 1.x has. Files that old leave out the rest, so a reader needs
# the defaults.
UNET_FIELDS_OF_OLD = {
    "act_fn", "attention_head_dim", "block_out_channels", "center_input_sample", "cross_attention_dim",
    "down_block_types", "downsample_padding", "flip_sin_to_cos", "freq_shift", "in_channels", "layers_per_block",
    "mid_block_scale_factor", "norm_eps", "norm_num_groups", "out_channels", "sample_size", "up_block_types",
}  # fmt: skip
AUTOENCODER_FIELDS_OF_OLD = {
    "act_fn", "block_out_channels", "down_block_types", "in_channels", "latent_channels", "layers_per_block",
    "norm_num_groups", "out_channels", "sample_size", "up_block_types",
}  # fmt: skip


@dataclass
class UNetCase:
    """A UNet, and the call that is recorded: `size` is height and width of the latents."""

    name: str
    config: dict
    size: tuple[int, int] = (8, 8)
    context_length: int = 77
    timesteps: tuple = (999, 37)
    fields: set[str] | None = None


@dataclass
class AutoencoderCase:
    """An autoencoder, and the call that is recorded: `size` is height and width of the picture."""

    name: str
    config: dict
    size: tuple[int, int] = (16, 8)
    batch: int = 1
    fields: set[str] | None = None
    legacy_attention_names: bool = False


@dataclass
class TextCase:
    """A text encoder and the token rows it is asked about."""

    name: str
    config: dict
    tokens: list[list[int]]
    prefix: str = "text_model."
    position_ids: bool = False


def groups(channels: list[int]) -> int:
    """At least two channels a group: with one alone, the norm takes away every bias before it."""
    return min(4, min(channels) // 2)


def unet(name: str, channels: list[int], attention: str, call: dict | None = None, **config) -> UNetCase:
    """A UNet row; `attention` has one letter a level from the top: `a` attends, `-` does not."""
    down = [CROSS_DOWN if letter == "a" else DOWN for letter in attention]
    up = [CROSS_UP if letter == "a" else UP for letter in reversed(attention)]
    settings = {
        "sample_size": 8,
        "block_out_channels": channels,
        "down_block_types": down,
        "up_block_types": up,
        "norm_num_groups": groups(channels),
        "cross_attention_dim": 12,
        "attention_head_dim": 2,
        "layers_per_block": 1,
    }
    return UNetCase(name, settings | config, **(call or {}))


UNETS = [
    # Stable Diffusion 1.x: four levels, two layers, no attention at the lowest, convolutions around the transformer.
    unet("unet_sd1", [4, 4, 8, 8], "aaa-", {"size": (8, 16), "fields": UNET_FIELDS_OF_OLD}, layers_per_block=2),
    # The same two layers with heads, groups and channels that differ, and an epsilon large enough to be seen: the
    # transformer's own norms keep theirs.
    unet(
        "unet_two_layers", [8, 8], "a-", {"context_length": 16},
        layers_per_block=2, attention_head_dim=4, norm_eps=0.05,
    ),
    # Stable Diffusion 2.x: linear projections, heads listed by level, taller than wide.
    unet("unet_sd2", [8, 12], "a-", {"size": (8, 6)}, use_linear_projection=True, attention_head_dim=[2, 3]),
    # Attention at every level; wider than tall.
    unet("unet_attention_everywhere", [4, 8], "aa", {"size": (4, 10), "context_length": 16}),
    # Attention at lower levels only; timesteps between whole ones, as Euler's schedules have them; cosine last.
    unet(
        "unet_attention_below", [4, 8], "-a", {"timesteps": (957.25, 12.5), "context_length": 16},
        flip_sin_to_cos=False, freq_shift=1,
    ),
    # Each half of the timestep's embedding varied alone.
    unet("unet_sine_first", [4, 8], "a-", {"context_length": 16}, flip_sin_to_cos=False, freq_shift=0),
    unet("unet_shifted_frequencies", [4, 8], "a-", {"context_length": 16}, flip_sin_to_cos=True, freq_shift=1),
    # Sizes that halving does not divide: 7x10 -> 4x5 -> 2x3, and back to the size of each skip.
    unet("unet_odd_size", [4, 8, 8], "aa-", {"size": (7, 10), "context_length": 16}),
    # Inpainting reads 9 channels, editing reads 8; one of them without a middle.
    unet("unet_inpainting", [4, 8], "a-", {"context_length": 16}, in_channels=9),
    unet("unet_editing", [4, 8], "aa", {"context_length": 16}, in_channels=8, mid_block_type=None),
    # Two transformer layers everywhere, and a number of its own by level.
    unet("unet_two_transformers", [4, 8], "a-", {"context_length": 16}, transformer_layers_per_block=2),
    unet(
        "unet_transformers_by_level", [4, 8], "aa", {"context_length": 16},
        transformer_layers_per_block=[1, 2], use_linear_projection=True,
    ),
]  # fmt: skip


def autoencoder(name: str, channels: list[int], call: dict | None = None, **config) -> AutoencoderCase:
    settings = {
        "sample_size": 16,
        "block_out_channels": channels,
        "down_block_types": ["DownEncoderBlock2D"] * len(channels),
        "up_block_types": ["UpDecoderBlock2D"] * len(channels),
        "norm_num_groups": groups(channels),
        "layers_per_block": 1,
    }
    return AutoencoderCase(name, settings | config, **(call or {}))


AUTOENCODERS = [
    # Stable Diffusion 1.x: four levels, two layers, and the names that its file gives the middle's attention.
    autoencoder(
        "autoencoder_sd1", [4, 4, 8, 8],
        {"size": (16, 24), "fields": AUTOENCODER_FIELDS_OF_OLD, "legacy_attention_names": True}, layers_per_block=2,
    ),
    autoencoder("autoencoder_small", [8, 12], {"size": (12, 8), "batch": 2}),
    autoencoder("autoencoder_without_attention", [8, 8], latent_channels=8, mid_block_add_attention=False),
    autoencoder(
        "autoencoder_without_quantizers", [4, 8], latent_channels=8, use_quant_conv=False, use_post_quant_conv=False,
        scaling_factor=0.5, shift_factor=0.1,
    ),
]  # fmt: skip


def text(name: str, tokens: list[list[int]], call: dict | None = None, **config) -> TextCase:
    settings = {
        "vocab_size": 64,
        "hidden_size": 16,
        "intermediate_size": 40,
        "projection_dim": 16,
        "num_attention_heads": 2,
        "num_hidden_layers": 2,
        "max_position_embeddings": 77,
    }
    return TextCase(name, settings | config, tokens, **(call or {}))


def padded(words: list[int], begin: int, end: int, padding: int, length: int) -> list[int]:
    row = [begin, *words, end]
    return row + [padding] * (length - len(row))


TEXTS = [
    # Stable Diffusion 1.x: the config says end = 2, which is not so: the end is where the largest id stands.
    # Padded with the end itself; the file also holds the positions as integers.
    text(
        "text_sd1",
        [padded([5, 17, 40, 8], 62, 63, 63, 77), padded([], 62, 63, 63, 77)],
        {"position_ids": True},
        hidden_act="quick_gelu", bos_token_id=0, eos_token_id=2, pad_token_id=1,
    ),
    # Stable Diffusion 2.x: gelu, padded with zero, one layer more.
    text(
        "text_sd2",
        [padded([3, 9, 61, 33, 33, 20], 62, 63, 0, 77), padded(list(range(1, 60)), 62, 63, 0, 77)],
        hidden_act="gelu", num_hidden_layers=3, bos_token_id=62, eos_token_id=63, pad_token_id=1,
    ),
    # Words added after the end's id: the first end counts, not the largest id. Shorter than the positions there are,
    # and named as transformers 5 writes it, without a prefix. Its epsilon is large enough to be seen.
    text(
        "text_added_words",
        [padded([63, 4, 62, 7], 58, 59, 59, 16), padded([1, 2, 61], 58, 59, 0, 16)],
        {"prefix": ""},
        hidden_act="quick_gelu", max_position_embeddings=24, layer_norm_eps=0.01,
        bos_token_id=58, eos_token_id=59, pad_token_id=1,
    ),
]  # fmt: skip

# Written after all others, because a case's seed goes by its position.
POOLED_TEXT_UNETS = [
    # One vector for the whole text, added to the timestep's embedding, as the built-in model has it.
    unet(
        "unet_pooled_text", [4, 8], "a-", {"context_length": 16},
        addition_embed_type="text", addition_embed_type_num_heads=3,
    ),
]  # fmt: skip
