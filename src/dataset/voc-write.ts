/** @file Writing one Pascal VOC annotation, readable by `parseVocXml` and by every tool that knows the format. */
import type { Example } from './dataset.ts'

/**
 * The XML text of an example's annotation.
 * @param filename of the picture, without folders
 * @param classes names in class-id order
 */
export function writeVocXml(
  { size, objects }: Example,
  filename: string,
  classes: readonly string[],
): string {
  const listed = objects.map(
    ({ box, classId, difficult }) => `  <object>
    <name>${escapeText(classes[classId]!)}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>${difficult ? 1 : 0}</difficult>
    <bndbox>
      <xmin>${box.x1}</xmin>
      <ymin>${box.y1}</ymin>
      <xmax>${box.x2}</xmax>
      <ymax>${box.y2}</ymax>
    </bndbox>
  </object>
`,
  )
  return `<annotation>
  <folder>JPEGImages</folder>
  <filename>${escapeText(filename)}</filename>
  <size>
    <width>${size.width}</width>
    <height>${size.height}</height>
    <depth>3</depth>
  </size>
  <segmented>0</segmented>
${listed.join('')}</annotation>
`
}

/** Text that may hold the characters that XML uses itself. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
