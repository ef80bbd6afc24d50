package org.fieldlift.provision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;

/// The code on a drive's label: what people read out over the phone, so without look-alike letters.
final class DriveCode {
  private static final String LETTERS = "23456789ABCDEFGHJKMNPQRTVWXY";
  private static final int LENGTH = 6;
  private static final Pattern SHAPE = Pattern.compile("FL-[" + LETTERS + "]{" + LENGTH + "}");

  private DriveCode() {}

  /// A code nobody in the ledger has yet.
  static String fresh(RandomGenerator random, Set<String> taken) {
    String code;
    do {
      StringBuilder letters = new StringBuilder("FL-");
      for (int i = 0; i < LENGTH; i++) {
        letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      code = letters.toString();
    } while (taken.contains(code));
    return code;
  }

  /// True for text that can be a code of ours; a foreign `drive.json` may claim anything.
  static boolean isCode(String text) {
    return SHAPE.matcher(text).matches();
  }

  /// The FAT volume id that belongs to a code.
  static int volumeId(String code) {
    return ByteBuffer.wrap(Digest.of(code.getBytes(StandardCharsets.US_ASCII)).bytes()).getInt();
  }
}
