package org.fieldlift.provision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fieldlift.drive.DriveImage;
import org.fieldlift.fat32.Volume;
import org.fieldlift.fat32.Volume.Stretch;
import org.fieldlift.io.Digest;

/// A volume as a lane wants it: what to write, in which order, and which digests are known.
public final class VolumeImage implements DriveImage {
  private final Volume volume;
  private final List<Extent> body = new ArrayList<>();
  private final List<Extent> seal = new ArrayList<>();

  VolumeImage(Volume volume, Map<String, Digest> digests) {
    this.volume = volume;
    List<Stretch> stretches = volume.stretches();
    long pieces = stretches.stream().filter(VolumeImage::isPiece).count();
    int number = 0;
    for (Stretch stretch : stretches) {
      if (isPiece(stretch)) number++;
      String what = isPiece(stretch) ? "piece " + number + " of " + pieces : words(stretch);
      Extent extent =
          new Extent(
              stretch.offset(),
              stretch.length(),
              what,
              stretch.kind() == Volume.Kind.FILE ? digests.get(stretch.path()) : null,
              stretch.contentLength());
      (stretch.kind() == Volume.Kind.SEAL ? seal : body).add(extent);
    }
  }

  @Override
  public long size() {
    return volume.geometry().driveSize();
  }

  @Override
  public List<Extent> body() {
    return List.copyOf(body);
  }

  @Override
  public List<Extent> seal() {
    return List.copyOf(seal);
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    volume.read(offset, into);
  }

  /// Bytes that are written, and read back.
  public long bytes() {
    return body.stream().mapToLong(Extent::length).sum()
        + seal.stream().mapToLong(Extent::length).sum();
  }

  private static boolean isPiece(Stretch stretch) {
    return stretch.path().startsWith("FIELDLIFT/pieces/") && stretch.kind() == Volume.Kind.FILE;
  }

  private static String words(Stretch stretch) {
    return switch (stretch.kind()) {
      case BLANK -> "the empty ends of the drive";
      case TABLE -> "the file allocation table";
      case FOLDER -> "the list of files";
      case FILE -> stretch.path();
      case SEAL -> "the start of the drive";
    };
  }
}
