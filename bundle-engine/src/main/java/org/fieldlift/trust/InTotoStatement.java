package org.fieldlift.trust;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.io.Fields;

/// A signed statement about artifacts (in-toto attestation, Statement v0.1 and v1).
final class InTotoStatement {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private static final Set<String> TYPES =
      Set.of("https://in-toto.io/Statement/v0.1", "https://in-toto.io/Statement/v1");

  private InTotoStatement() {}

  /// Checks that the statement is about the artifact. Its signature is checked elsewhere, before.
  ///
  /// @return the predicate's type: what the signer says about the artifact
  static String check(SignedBundle.Statement statement, Artifact artifact)
      throws NotGenuine, IOException {
    if (!statement.payloadType().equals(PAYLOAD_TYPE)) {
      throw new NotGenuine("The signed envelope holds no statement about a file.");
    }
    Fields fields = Fields.read(statement.payload(), "the signed statement");
    if (!TYPES.contains(fields.text("_type"))) {
      throw new NotGenuine("The signed statement is of an unknown kind.");
    }
    Optional<byte[]> sha256 = artifact.digest(Hash.SHA_256);
    String digest = HexFormat.of().formatHex(sha256.orElseThrow());
    for (Fields subject : fields.objects("subject")) {
      if (subject.object("digest").optionalText("sha256").filter(digest::equals).isPresent()) {
        return fields.text("predicateType");
      }
    }
    throw new NotGenuine("The signed statement is about something else.");
  }
}
