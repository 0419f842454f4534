/**
 * @file From promises to bytes: writes a graph as an ONNX model, the file format that every ONNX Runtime
 * reads. Inputs given a value become constants of the model (so that the engine may fold them into faster
 * operators); the others are fed at each run.
 */
import { create, toBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf'
import {
  type Attribute,
  type Initialiser,
  Lowering,
  type OnnxNode,
  type Target,
} from './lowering.ts'
import { ONNX_TYPE } from './ops/cast.ts'
import { type Floats, type Tensor, topologicalOrder } from './tensor.ts'

/** ONNX operator set: 18 has ReduceMean with axes as an input, and is known to all current devices. */
const OPERATOR_SET = 18n
/** ONNX file version that belongs to it. */
const FILE_VERSION = 8n

/** What to write. */
export interface OnnxOptions {
  /** Which operators may be used, default 'portable'. */
  readonly target?: Target
  /** Values for inputs that shall become constants, by name, row after row. */
  readonly constants?: ReadonlyMap<string, Floats>
}

/**
 * The bytes of an ONNX model.
 * @param outputs the results to make, by name
 */
export function toOnnx(
  outputs: Readonly<Record<string, Tensor>>,
  { target = 'portable', constants = new Map() }: OnnxOptions = {},
): Uint8Array {
  const lowering = new Lowering(target)
  const order = topologicalOrder(Object.values(outputs))
  const names = new Map<Tensor, string>()
  const inputs: Tensor[] = []
  const fixed: Initialiser[] = []
  for (const tensor of order) {
    const value = tensor.source.kind === 'input' ? constants.get(tensor.source.name) : undefined
    names.set(tensor, nameOf(tensor, lowering, names))
    if (value !== undefined)
      fixed.push({ name: names.get(tensor)!, shape: tensor.shape, data: value })
    else if (tensor.source.kind === 'input') inputs.push(tensor)
  }
  const results = Object.entries(outputs).map(([name, tensor]) => ({
    opType: 'Identity',
    domain: '',
    inputs: [names.get(tensor)!],
    output: name,
    outputs: [name],
    attributes: {},
  }))
  const graph = create(GraphProtoSchema, {
    name: 'singleshot',
    node: [...lowering.nodes, ...results].map(nodeProto),
    initializer: [...fixed, ...lowering.initialisers].map(tensorProto),
    input: inputs.map((tensor) => valueInfo(names.get(tensor)!, tensor)),
    output: Object.entries(outputs).map(([name, tensor]) => valueInfo(name, tensor)),
  })
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: FILE_VERSION,
      producerName: 'singleshot',
      graph,
      opsetImport: [
        create(OperatorSetIdProtoSchema, { domain: '', version: OPERATOR_SET }),
        ...[...new Set(lowering.nodes.map((node) => node.domain))]
          .filter((domain) => domain !== '')
          .map((domain) => create(OperatorSetIdProtoSchema, { domain, version: 1n })),
      ],
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

function nodeProto(node: OnnxNode) {
  return create(NodeProtoSchema, {
    name: node.output,
    opType: node.opType,
    domain: node.domain,
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: Object.entries(node.attributes).map(([name, value]) => attributeProto(name, value)),
  })
}

function attributeProto(name: string, value: Attribute) {
  const type = AttributeProto_AttributeType
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: type.INT, i: BigInt(value) })
  if (typeof value === 'string')
    return create(AttributeProtoSchema, {
      name,
      type: type.STRING,
      s: new TextEncoder().encode(value),
    })
  if ('float' in value)
    return create(AttributeProtoSchema, { name, type: type.FLOAT, f: value.float })
  return create(AttributeProtoSchema, { name, type: type.INTS, ints: value.map(BigInt) })
}

function tensorProto({ name, shape, data }: Initialiser) {
  return create(TensorProtoSchema, {
    name,
    dims: shape.map(BigInt),
    dataType: data instanceof Float32Array ? ONNX_TYPE.float32 : ONNX_TYPE.int64,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  })
}

function valueInfo(name: string, { shape, dtype }: Tensor) {
  const dim = shape.map((length) =>
    create(TensorShapeProto_DimensionSchema, {
      value: { case: 'dimValue', value: BigInt(length) },
    }),
  )
  const tensorType = create(TypeProto_TensorSchema, {
    elemType: ONNX_TYPE[dtype],
    shape: create(TensorShapeProtoSchema, { dim }),
  })
  const type = create(TypeProtoSchema, { value: { case: 'tensorType', value: tensorType } })
  return create(ValueInfoProtoSchema, { name, type })
}
