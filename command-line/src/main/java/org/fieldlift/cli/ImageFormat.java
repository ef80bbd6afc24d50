package org.fieldlift.cli;

import org.fieldlift.engine.ImageDesk.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The words for how images leave.
final class ImageFormat implements ITypeConverter<Format> {
  @Override
  public Format convert(String word) {
    return switch (word) {
      case "docker-archive" -> Format.DOCKER_ARCHIVE;
      case "oci" -> Format.OCI;
      default -> throw new TypeConversionException("choose docker-archive or oci");
    };
  }
}
