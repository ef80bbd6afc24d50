/// Block devices of Linux: what sysfs and procfs say of them, the rules that keep system disks
/// safe, and the few system calls Java lacks. Stands on `drive.target`; known to `drive` only.
@NullMarked
package org.fieldlift.drive.linux;

import org.jspecify.annotations.NullMarked;
