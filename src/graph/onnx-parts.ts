/** @file The parts of an ONNX file as messages of its format (protobuf): nodes, numbers, and what goes in and out. */
import { create } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf'
import type { Attribute, FixedTensor, OnnxNode } from './lowering.ts'
import { ONNX_TYPE } from './ops/cast.ts'
import type { DataType } from './tensor.ts'

/** What a reader of the file may expect of an input or an output. */
export interface OnnxValue {
  /** Lengths; one that only a run tells has a name instead. */
  readonly shape: readonly (number | string)[]
  readonly dtype: DataType
}

/** One node. */
export function nodeProto(node: OnnxNode) {
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

/** One block of fixed numbers. */
export function tensorProto({ name, shape, data }: FixedTensor) {
  return create(TensorProtoSchema, {
    name,
    dims: shape.map(BigInt),
    dataType: data instanceof Float32Array ? ONNX_TYPE.float32 : ONNX_TYPE.int64,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  })
}

/** An input or an output. */
export function valueInfo(name: string, { shape, dtype }: OnnxValue) {
  const dim = shape.map((length) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof length === 'string'
          ? { case: 'dimParam', value: length }
          : { case: 'dimValue', value: BigInt(length) },
    }),
  )
  const tensorType = create(TypeProto_TensorSchema, {
    elemType: ONNX_TYPE[dtype],
    shape: create(TensorShapeProtoSchema, { dim }),
  })
  const type = create(TypeProtoSchema, { value: { case: 'tensorType', value: tensorType } })
  return create(ValueInfoProtoSchema, { name, type })
}
