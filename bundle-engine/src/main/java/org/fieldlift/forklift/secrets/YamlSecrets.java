package org.fieldlift.forklift.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fieldlift.forklift.secrets.Credentials.Span;
import org.fieldlift.io.YamlTexts;
import org.fieldlift.io.YamlTexts.Text;

/// Credentials and tokens in the addresses of a YAML file, comments included.
///
/// @param credentials whether there are user names or passwords
/// @param tokens what is called like a token in queries
/// @param stripped the file without user names and passwords, else the same to every reader;
///   nothing where they cannot be taken out of it safely
record YamlSecrets(boolean credentials, Set<String> tokens, Optional<byte[]> stripped) {
  YamlSecrets {
    tokens = Set.copyOf(tokens);
  }

  static YamlSecrets of(byte[] file) {
    Optional<String> document = utf8(file);
    Optional<List<Text>> texts = document.flatMap(YamlTexts::of);
    if (texts.isPresent()) return of(document.get(), texts.get());
    String text = new String(file, ISO_8859_1);
    Set<String> tokens = Credentials.tokenNames(text);
    return new YamlSecrets(Credentials.areIn(text), tokens, Optional.empty());
  }

  private static YamlSecrets of(String document, List<Text> texts) {
    List<Span> spans = new ArrayList<>();
    Set<String> tokens = new TreeSet<>();
    for (Text text : texts) {
      for (Span each : Credentials.in(document.substring(text.from(), text.to()))) {
        spans.add(
            new Span(
                each.address() + text.from(), each.from() + text.from(), each.to() + text.from()));
      }
      tokens.addAll(Credentials.tokenNames(text.value()));
    }
    boolean isHidden = spans.isEmpty() && haveCredentials(texts);
    if (spans.isEmpty()) return new YamlSecrets(isHidden, tokens, Optional.empty());
    String stripped = Credentials.without(document, spans);
    boolean isSafe =
        YamlTexts.of(stripped)
            .filter(left -> left.size() == texts.size() && !haveCredentials(left))
            .isPresent();
    return new YamlSecrets(
        true, tokens, isSafe ? Optional.of(stripped.getBytes(UTF_8)) : Optional.empty());
  }

  /// Escapes (`\u0040`) can hide them from a look at the bytes.
  private static boolean haveCredentials(List<Text> texts) {
    return texts.stream().anyMatch(text -> Credentials.areIn(text.value()));
  }

  private static Optional<String> utf8(byte[] file) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException otherwiseEncoded) {
      return Optional.empty();
    }
  }
}
