import { hasColumns, type ImportForm } from '../import-form.ts';
import { plainRows } from './plain-rows.ts';

/**
 * The authors' outputs: id, model, response, model_answer (what they extracted), correct.
 *
 * @see mathllm/MATH-V@1d361180:outputs/closed-source/Qwen/Qwen-VL-Max-CoT.jsonl
 */
export const mathVision: ImportForm = {
  name: 'mathvision',
  title: 'MATH-Vision outputs (id, response, model_answer: .jsonl)',
  recognises: (content) => hasColumns(content, 'id', 'response', 'model_answer'),
  read: (content) => plainRows.read(content),
};
