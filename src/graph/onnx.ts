/**
 * @file From promises to bytes: writes a graph as an ONNX model, the file format that every ONNX Runtime
 * reads. Inputs given a value become constants of the model (so that the engine may fold them into faster
 * operators); the others are fed at each run.
 */
import { create, toBinary } from '@bufbuild/protobuf'
import {
  GraphProtoSchema,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
} from 'onnx-buf'
import { type FixedTensor, Lowering, type OnnxNode, type Target } from './lowering.ts'
import { nodeProto, type OnnxValue, tensorProto, valueInfo } from './onnx-parts.ts'
import { type Floats, type Tensor, topologicalOrder } from './tensor.ts'

/** ONNX operator set: 18 has ReduceMean with axes as an input, and is known to all current devices. */
const OPERATOR_SET = 18n
/** ONNX file version that belongs to it. */
const FILE_VERSION = 8n

/** A result of the model. */
export interface OnnxResult extends OnnxValue {
  /** The node's result that it is, by its name inside the graph. */
  readonly from: string
}

/**
 * Writes nodes behind the graph's own: for work whose results have no fixed size, which tensors here must have.
 * @param results names, inside the graph, of the graph's outputs
 * @returns the model's outputs, by name, in their place
 */
export type Tail = (
  lowering: Lowering,
  results: Readonly<Record<string, string>>,
) => Readonly<Record<string, OnnxResult>>

/** What to write. */
export interface OnnxOptions {
  /** Which operators may be used, default 'portable'. */
  readonly target?: Target
  /** Channels a block of ONNX Runtime's blocked layout on the device; without it that layout is not used. */
  readonly channelBlock?: number | undefined
  /** Values for inputs that shall become constants, by name, row after row. */
  readonly constants?: ReadonlyMap<string, Floats>
  /** Nodes behind the graph; default none. */
  readonly tail?: Tail
  /** Free text by key, for readers of the file; default none. */
  readonly metadata?: Readonly<Record<string, string>>
}

/**
 * The bytes of an ONNX model.
 * @param outputs the results to make, by name
 */
export function toOnnx(
  outputs: Readonly<Record<string, Tensor>>,
  {
    target = 'portable',
    channelBlock,
    constants = new Map(),
    tail,
    metadata = {},
  }: OnnxOptions = {},
): Uint8Array {
  const lowering = new Lowering(target, channelBlock)
  const names = new Map<Tensor, string>()
  const inputs: Tensor[] = []
  const fixed: FixedTensor[] = []
  for (const tensor of topologicalOrder(Object.values(outputs))) {
    const name = nameOf(tensor, lowering, names)
    names.set(tensor, name)
    if (tensor.source.kind !== 'input') continue
    const data = constants.get(name)
    if (data === undefined) inputs.push(tensor)
    else fixed.push({ name, shape: tensor.shape, data })
  }
  const made = Object.entries(outputs).map(([name, tensor]) => [name, names.get(tensor)!] as const)
  const results =
    tail?.(lowering, Object.fromEntries(made)) ??
    Object.fromEntries(made.map(([name, from]) => [name, { ...outputs[name]!, from }]))
  const graph = create(GraphProtoSchema, {
    name: 'singleshot',
    node: nameResults(lowering.nodes, results).map(nodeProto),
    initializer: [...fixed, ...lowering.initialisers].map(tensorProto),
    input: inputs.map((tensor) => valueInfo(names.get(tensor)!, tensor)),
    output: Object.entries(results).map(([name, result]) => valueInfo(name, result)),
  })
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: FILE_VERSION,
      producerName: 'singleshot',
      graph,
      opsetImport: operatorSets(lowering),
      metadataProps: Object.entries(metadata).map(([key, value]) =>
        create(StringStringEntryProtoSchema, { key, value }),
      ),
    }),
  )
}

function nameOf(tensor: Tensor, lowering: Lowering, names: ReadonlyMap<Tensor, string>): string {
  const { source } = tensor
  if (source.kind === 'input') return source.name
  if (source.kind === 'constant')
    return source.data instanceof Float32Array
      ? lowering.floats(source.data, tensor.shape)
      : lowering.integers([...source.data].map(Number), tensor.shape)
  const { operator, inputs, attributes } = source
  return operator.lower(
    lowering,
    inputs.map((input) => names.get(input)!),
    { inputs, attributes, output: tensor },
  )
}

/**
 * Gives each result the name that it has outside: its node is renamed, for a copy of every new weight would take as
 * long as a layer. Only what no node makes (an input handed on) or what goes out twice is copied.
 */
function nameResults(
  nodes: readonly OnnxNode[],
  results: Readonly<Record<string, OnnxResult>>,
): OnnxNode[] {
  const made = new Set(nodes.flatMap(({ outputs }) => outputs))
  const outside = new Map<string, string>()
  const copies: OnnxNode[] = []
  for (const [name, { from }] of Object.entries(results))
    if (made.has(from) && !outside.has(from)) outside.set(from, name)
    else copies.push(copy(from, name))
  const renamed = (name: string) => outside.get(name) ?? name
  return [...nodes, ...copies].map((node) => ({
    ...node,
    inputs: node.inputs.map(renamed),
    output: renamed(node.output),
    outputs: node.outputs.map(renamed),
  }))
}

function copy(from: string, name: string): OnnxNode {
  const plain = { opType: 'Identity', domain: '', attributes: {} }
  return { ...plain, inputs: [from], output: name, outputs: [name] }
}

/** Plain ONNX, and whichever other domains the nodes are of. */
function operatorSets(lowering: Lowering) {
  const domains = new Set(lowering.nodes.map((node) => node.domain).filter((name) => name !== ''))
  return [
    create(OperatorSetIdProtoSchema, { domain: '', version: OPERATOR_SET }),
    ...[...domains].map((domain) => create(OperatorSetIdProtoSchema, { domain, version: 1n })),
  ]
}
