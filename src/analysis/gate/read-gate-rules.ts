import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { SynthrlError } from '../../core/errors.ts';
import {
  type GateBound,
  type GateMetric,
  type GatePart,
  type GateRule,
  type GateRules,
  gateMetrics,
} from './gate-rule.ts';

const keys = ['name', 'metric', 'on', 'bucket', 'facet', 'margin', 'at_least', 'at_most'] as const;
const bounds = ['margin', 'at_least', 'at_most'] as const;

/** Other names that people may know a metric by. */
const aliases: Readonly<Record<string, GateMetric>> = { format_failures: 'no_answer', failures: 'failed', n: 'asked' };

const example = 'For example `- {metric: accuracy, on: each, margin: 2 points}`.';

/**
 * Reads the rules of a gate from YAML.
 *
 * @param path - how messages call the text
 * @throws {SynthrlError} `GATE_INVALID` with file and line
 */
export function readGateRules(text: string, path: string): GateRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fail: Fail = (node, message, hint) => {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : typeof node === 'number' ? node : 0;
    throw new SynthrlError('GATE_INVALID', `${path}:${lines.linePos(offset).line}: ${message}.`, {
      hint: hint ?? example,
    });
  };
  const [problem] = document.errors;
  if (problem) fail(problem.pos[0], problem.message.split('\n', 1)[0] ?? problem.message);
  const root = document.contents;
  if (!isMap(root)) return fail(root, 'expected `rules:` with a list of rules');
  for (const { key } of root.items) {
    if (!['alpha', 'rules'].includes(textOf(key))) fail(key, `\`${textOf(key)}\` is neither alpha nor rules`);
  }
  const rules = root.get('rules', true);
  if (!isSeq(rules) || rules.items.length === 0) return fail(rules, 'expected `rules:` with at least one rule');
  const alpha = root.has('alpha') ? Number(root.get('alpha')) : 0.05;
  if (!(alpha > 0 && alpha < 0.5)) fail(root.get('alpha', true), 'expected `alpha` to be above 0 and below 0.5');
  return {
    alpha,
    rules: rules.items.map((item) =>
      isMap(item) ? readRule(item, fail) : fail(item, 'expected a rule with a metric'),
    ),
  };
}

type Fail = (node: unknown, message: string, hint?: string) => never;

function readRule(rule: YAMLMap, fail: Fail): GateRule {
  for (const { key } of rule.items) {
    const name = textOf(key);
    if (!(keys as readonly string[]).includes(name))
      fail(key, `\`${name}\` is not a part of a rule`, `Known: ${keys.join(', ')}.`);
  }
  const metric = readMetric(rule, fail);
  const name = rule.get('name');
  return {
    name: name === undefined ? undefined : String(name),
    metric,
    on: readScope(rule, fail),
    part: readPart(rule, fail),
    bound: readBound(rule, metric, fail),
  };
}

function readMetric(rule: YAMLMap, fail: Fail): GateMetric {
  const name = String(rule.get('metric') ?? 'accuracy');
  const metric = gateMetrics.find((known) => known === name) ?? aliases[name];
  if (metric !== undefined) return metric;
  const known = [...gateMetrics, ...Object.keys(aliases)].join(', ');
  return fail(rule.get('metric', true), `there is no metric \`${name}\``, `Known metrics: ${known}.`);
}

function readScope(rule: YAMLMap, fail: Fail): GateRule['on'] {
  const on = rule.get('on', true);
  if (on === undefined) return 'each';
  if (isSeq(on) && on.items.length > 0) return on.items.map((item) => textOf(item));
  const text = textOf(on);
  if (text === '') return fail(on, 'expected `on` to be each, average, or names of benchmarks');
  if (text === 'each' || text === 'each benchmark') return 'each';
  return text === 'average' ? 'average' : text.split(',').map((name) => name.trim());
}

function readPart(rule: YAMLMap, fail: Fail): GatePart | undefined {
  if (rule.has('bucket') && rule.has('facet')) fail(rule, 'a rule is limited to a bucket or to a facet, not to both');
  const bucket = rule.get('bucket');
  if (bucket === 'easy' || bucket === 'medium' || bucket === 'hard') return { kind: 'bucket', bucket };
  if (bucket !== undefined) fail(rule.get('bucket', true), 'expected `bucket` to be easy, medium or hard');
  if (!rule.has('facet')) return undefined;
  const [facet = '', ...value] = String(rule.get('facet')).split('=');
  if (facet === '' || value.length === 0) fail(rule.get('facet', true), 'expected `facet` to be <facet>=<value>');
  return { kind: 'facet', facet: facet.trim(), value: value.join('=').trim() };
}

function readBound(rule: YAMLMap, metric: GateMetric, fail: Fail): GateBound {
  const given = bounds.filter((name) => rule.has(name));
  const [kind] = given;
  if (kind === undefined || given.length > 1) return fail(rule, `expected one of ${bounds.join(', ')}`);
  const node = rule.get(kind, true);
  const allowed: Record<GateMetric, readonly GateBound['kind'][]> = {
    accuracy: ['margin', 'at_least'],
    no_answer: ['at_most'],
    undecided: ['at_most'],
    failed: ['at_most'],
    asked: ['at_least'],
  };
  if (!allowed[metric].includes(kind)) {
    return fail(node, `\`${metric}\` takes ${allowed[metric].join(' or ')}, not ${kind}`);
  }
  const amount = metric === 'asked' ? readCount(textOf(node)) : readProportion(textOf(node));
  if (amount !== undefined) return { kind, amount };
  return metric === 'asked'
    ? fail(node, `expected \`${kind}\` to be a whole number of samples`)
    : fail(node, `expected \`${kind}\` to be an amount such as 2 points, 2 % or 0.02, got \`${textOf(node)}\``);
}

function readCount(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** `2 points`, `2 pp`, `2 %` or 0.02. A bare number of 1 or more could mean either, and is not taken. */
function readProportion(text: string): number | undefined {
  const match = /^(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})\s*(points?|pp|%)?$/.exec(text.trim());
  if (match === null) return undefined;
  const amount = match[2] === undefined ? Number(match[1]) : Number(match[1]) / 100;
  return amount <= 1 && (match[2] !== undefined || amount < 1) ? amount : undefined;
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value ?? '') : '';
}
