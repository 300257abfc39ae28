/** Events of a balanced pair of Ensure and Release, raised where a client watches one, for properties. */
export const pairEnds = 'a balanced pair ends'
export const pairChangedAttachment = 'a balanced pair changed what its thread has attached'
export const pairChangedSlot = 'a balanced pair changed what Ensure would find'
