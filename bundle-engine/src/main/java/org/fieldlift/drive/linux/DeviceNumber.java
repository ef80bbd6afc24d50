package org.fieldlift.drive.linux;

/// Device numbers as glibc packs them into a `dev_t` (sys/sysmacros.h).
final class DeviceNumber {
  private DeviceNumber() {}

  /// `major:minor`, as sysfs and mountinfo write it.
  static String text(long packed) {
    long major = ((packed >>> 8) & 0xfff) | ((packed >>> 32) & ~0xfffL);
    long minor = (packed & 0xff) | ((packed >>> 12) & ~0xffL);
    return major + ":" + (minor & 0xffffffffL);
  }
}
