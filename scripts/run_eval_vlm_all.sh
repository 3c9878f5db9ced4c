#!/usr/bin/env bash
# Evaluates every checkpoint of a training run with the reference settings, under the original's name and argument:
#   scripts/run_eval_vlm_all.sh INFO/qwen2_5_vl_7b_TAG [further options of synthrl eval-all]
# The folder with training runs is $CHECKPOINTS_ROOT or $SYNTHRL_CHECKPOINTS_ROOT (by default ./checkpoints).
set -euo pipefail
if [ $# -lt 1 ]; then
  echo "usage: $0 INFO/qwen2_5_vl_7b_TAG [options of synthrl eval-all]" >&2
  exit 2
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
run=$1
shift
export SYNTHRL_CHECKPOINTS_ROOT="${CHECKPOINTS_ROOT:-${SYNTHRL_CHECKPOINTS_ROOT:-}}"
exec node "$root/dist/src/cli.js" eval-all "$run" --suite synthrl "$@"
