"""Write a tiny Qwen2.5-VL with random weights and its processor to a folder. Nothing is downloaded.

    python make_model.py <folder>

About 650,000 parameters: enough to send requests through a real engine in milliseconds on a CPU. Its answers are noise
made of letters: it never chooses a special token by itself, so that every reply has text.
"""

import sys

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLProcessor,
    Qwen2TokenizerFast,
    Qwen2VLImageProcessor,
    Qwen2VLVideoProcessor,
)

END, TURN, PAD = "<|im_end|>", "<|im_start|>", "<|endoftext|>"
VISION = ["<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"]
PIXELS = {"shortest_edge": 3136, "longest_edge": 1003520}
TEMPLATE = (
    "{% for m in messages %}"
    "{% if loop.first and m.role != 'system' %}<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}"
    "<|im_start|>{{ m.role }}\n"
    "{% if m.content is string %}{{ m.content }}{% else %}{% for part in m.content %}"
    "{% if part.type in ('image', 'image_url') %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif part.type == 'text' %}{{ part.text }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def make_tokenizer() -> Qwen2TokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=512, initial_alphabet=alphabet)
    tokenizer.train_from_iterator(["system user assistant the answer is \\boxed{12}."] * 50, trainer)
    fast = Qwen2TokenizerFast(
        tokenizer_object=tokenizer, eos_token=END, pad_token=PAD, additional_special_tokens=[TURN, END, PAD, *VISION]
    )
    fast.chat_template = TEMPLATE
    return fast


def make_model(tokenizer: Qwen2TokenizerFast) -> Qwen2_5_VLForConditionalGeneration:
    number = tokenizer.convert_tokens_to_ids
    head = 32  # the smallest head size that the CPU attention kernels take
    config = Qwen2_5_VLConfig(
        text_config={
            "vocab_size": 384, "hidden_size": 4 * head, "intermediate_size": 256, "num_hidden_layers": 2,
            "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 32768,
            "rope_parameters": {"rope_type": "default", "mrope_section": [4, 6, 6], "rope_theta": 1e6},
            "bos_token_id": number(PAD), "eos_token_id": number(END), "pad_token_id": number(PAD),
        },
        vision_config={
            "depth": 2, "hidden_size": 2 * head, "intermediate_size": 128, "num_heads": 2, "out_hidden_size": 4 * head,
            "patch_size": 14, "spatial_merge_size": 2, "temporal_patch_size": 2, "window_size": 112,
            "fullatt_block_indexes": [1],
        },
        image_token_id=number("<|image_pad|>"), video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"), vision_end_token_id=number("<|vision_end|>"),
        tie_word_embeddings=False,
    )
    torch.manual_seed(0)
    model = Qwen2_5_VLForConditionalGeneration(config)
    silent = [i for i in range(384) if not (tokenizer.decode([i]).isalnum() and tokenizer.decode([i]).isascii())]
    model.lm_head.weight.data[silent] = 0
    model.generation_config.eos_token_id = number(END)
    model.generation_config.pad_token_id = number(PAD)
    return model.to(torch.bfloat16)


def main(folder: str) -> None:
    tokenizer = make_tokenizer()
    make_model(tokenizer).save_pretrained(folder)
    Qwen2_5_VLProcessor(
        image_processor=Qwen2VLImageProcessor(size=PIXELS), tokenizer=tokenizer,
        video_processor=Qwen2VLVideoProcessor(size=PIXELS), chat_template=TEMPLATE,
    ).save_pretrained(folder)


if __name__ == "__main__":
    main(sys.argv[1])
