package org.fieldlift.export;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.fieldlift.http.Access;
import org.fieldlift.http.HttpFile;
import org.fieldlift.http.PartialFile;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// Brings a file that a bundle exports from its web server into this station's caches.
///
/// Forklift keeps whatever a server answers, an error page too; here only a file comes in.
///
/// @param incoming where downloads wait until they are whole
record FileFetch(Path incoming) {
  /// Longest file, in bytes.
  static final long LONGEST = 1L << 36;

  /// @param address as the manifest writes it, perhaps with user name and password
  /// @param shown the address without them
  void bring(String address, String shown, Path file, Progress progress, Cancellation cancellation)
      throws IOException {
    Files.createDirectories(incoming);
    PartialFile partial =
        new PartialFile(
            incoming.resolve(Digest.of(address.getBytes(StandardCharsets.UTF_8)).hex()));
    URI uri = uri(shown);
    new HttpFile(uri, login(address, uri)).bring(LONGEST, partial, progress, cancellation);
    partial.forgetTag();
    try (FileChannel channel = FileChannel.open(partial.path(), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    AtomicFiles.publish(partial.path(), file);
  }

  /// Web servers get every character escaped that an address may not have; people write spaces.
  static URI uri(String address) throws Problem {
    StringBuilder escaped = new StringBuilder();
    for (byte each : address.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = each > ' ' && each < 0x7f && "\"<>\\^`{|}".indexOf(each) < 0;
      escaped.append(isPlain ? (char) each : "%%%02X".formatted(each));
    }
    try {
      return new URI(escaped.toString().replaceFirst("#.*", ""));
    } catch (URISyntaxException e) {
      throw Problem.failed(
          "The bundle exports a file from "
              + ShownAddress.of(address)
              + ", which is no web address.",
          "Correct it in the package, and stage the pallet again.");
    }
  }

  /// User name and password of an address go to its server, and to no other it may lead to.
  private static Access login(String address, URI uri) {
    int from = address.indexOf("://") + 3;
    int at = address.lastIndexOf('@', authorityEnd(address, from));
    if (at < from) return Access.OPEN;
    String login =
        URLDecoder.decode(address.substring(from, at).replace("+", "%2B"), StandardCharsets.UTF_8);
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return asked ->
        Objects.equals(asked.getAuthority(), uri.getAuthority())
                && Objects.equals(asked.getScheme(), uri.getScheme())
            ? Map.of("Authorization", "Basic " + basic)
            : Map.of();
  }

  private static int authorityEnd(String address, int from) {
    int end = address.length();
    for (char each : new char[] {'/', '?', '#'}) {
      int found = address.indexOf(each, from);
      if (found >= 0) end = Math.min(end, found);
    }
    return end;
  }
}
