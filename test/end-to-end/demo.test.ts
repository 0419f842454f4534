import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandIn, lines, singleshotIn } from './run-command.ts'
import { temporaryFolder } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const command = commandIn(folder)
/** Far too short to learn anything: only the way from scenes to page is tested here. */
const SHORT = ['--scenes', '15', '--minutes', '0.02', '--threads', '1']

describe('singleshot demo', () => {
  it('leaves scenes, a run, pictures and one self-contained page, and says where', async () => {
    const { code, stdout, stderr } = await singleshot(['demo', '--json', ...SHORT])
    expect(code).toBe(0)
    expect(lines(stdout)).toHaveLength(1)
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ report: join('runs', 'demo', 'report.html'), stopped: false })
    expect(stderr).toContain(`Open ${result.report}`)
    expect(result.scores.measures[0].name).toBe('mAP50')

    const page = await readFile(join(folder, result.report), 'utf8')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/<script|(src|href)="(?!data:|#)/)
    const pictures = await readdir(join(folder, result.pictures))
    expect(page.split('<img ').length - 1).toBe(pictures.length)
  })

  it('overwrites nothing when it is run again, and refuses a folder that is taken', async () => {
    const again = await command(['demo', '--json', ...SHORT])
    expect(JSON.parse(again.stdout).report).toBe(join('runs', 'demo-2', 'report.html'))
    const taken = await command(['demo', '--out', join('runs', 'demo'), ...SHORT])
    expect(taken).toMatchObject({ code: 73, stdout: '' })
    expect(taken.stderr).toContain('error E_OUTPUT_EXISTS')
  })

  it('stops at Ctrl-C while it still draws', async () => {
    const outcome = await singleshot(['demo', '--scenes', '5000'], { interruptAt: /Drawing/ })
    expect(outcome).toMatchObject({ code: 130, stdout: '' })
  })
})
