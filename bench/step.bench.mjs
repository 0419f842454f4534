import { createEngine } from '../dist/engine/node.js'
import { buildStep, weightCount } from '../dist/train/step.js'
import { initialWeights } from '../dist/network/scope.js'
const cfg = JSON.parse(process.argv[2] ?? '{}')
const N = cfg.batch ?? 8
const config = {
  network: { name: 'tiny', channels: cfg.channels ?? [16,32,64,128,128,128], blocks: cfg.blocks ?? [0,0,1,1,0,0], headChannels: cfg.head ?? 64 },
  input: cfg.input ?? { width: 320, height: 240 }, classes: ['a','b','c'],
  featureMaps: (cfg.strides ?? [8,16,32,64]).map((s) => ({ stride: s, sizes: [s*3, s*4.2], aspectRatios: [1, 2, .5] })),
  loss: { negativesPerPositive: 3, minimumNegatives: 16, smoothL1Beta: 1 },
}
const engine = createEngine({ threads: 2, profile: cfg.profile })
const t0 = performance.now()
const src = buildStep(config, { batch: N, target: cfg.target ?? 'cpu', momentum: .9, weightDecay: 5e-4, clipNorm: 10 })
const program = await engine.compile(src)
const w = initialWeights(src.scope, 1)
const state = new Map()
for (const s of src.state) state.set(s.name, w.get(s.name) ?? w.get(s.name.replace('average:', '')) ?? new Float32Array(s.shape.reduce((a,b)=>a*b,1)))
await program.writeState(state)
console.log('weights', weightCount(src.scope), 'compile', performance.now()-t0)
const { width: W, height: H } = config.input
let A = 0
for (const m of config.featureMaps) A += Math.ceil(H/m.stride)*Math.ceil(W/m.stride)*6
const times=[]
for (let i=0;i<(cfg.runs ?? 12);i++){
  const r = await program.run({ images: {data: Float32Array.from({length:N*3*H*W},()=>Math.random()-.5), shape:[N,3,H,W]}, classTargets: {data: Int32Array.from({length:N*A},()=>Math.random()<.02?1:0), shape:[N,A]}, offsetTargets: {data:new Float32Array(N*A*4).fill(.3), shape:[N,A,4]}, learningRate:{data:Float32Array.of(.01),shape:[]}, averageDecay:{data:Float32Array.of(.99),shape:[]} })
  times.push(r.milliseconds)
  if(i<2||i===(cfg.runs??12)-1)console.log(Object.fromEntries(Object.entries(r.outputs).map(([k,v])=>[k,v[0]])))
}
times.sort((a,b)=>a-b)
console.log('A',A,'ms/img median', (times[times.length>>1]/N).toFixed(2), 'min', (times[0]/N).toFixed(2))
await program.close()
await engine.close()
