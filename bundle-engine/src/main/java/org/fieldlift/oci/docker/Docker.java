package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.Platform;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A Docker daemon, spoken to over its socket.
///
/// @param socket of the daemon on this machine
/// @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
public record Docker(Path socket) {
  /// Where the daemon listens unless told otherwise.
  public static final Path SOCKET = Path.of("/var/run/docker.sock");

  static final int LARGEST_ANSWER = 32 << 20;
  static final int LARGEST_COMPLAINT = 64 << 10;
  static final int MOST_IMAGES = 100_000;

  private static final Duration SOON = Duration.ofSeconds(60);

  /// Unpacking a large image to a slow card takes its time; whoever waits may stop it.
  private static final Duration AT_LENGTH = Duration.ofDays(7);

  private static final String UNIX = "unix://";

  /// The daemon that Docker's own programs would talk to.
  ///
  /// @param environment of this program
  /// @throws Problem of kind USAGE when that one is on another machine
  public static Docker here(Map<String, String> environment) throws Problem {
    String host = environment.getOrDefault("DOCKER_HOST", "").strip();
    if (host.isEmpty()) return new Docker(SOCKET);
    if (host.startsWith(UNIX) && host.length() > UNIX.length()) {
      return new Docker(Path.of(host.substring(UNIX.length())));
    }
    throw Problem.usage(
        "DOCKER_HOST names a Docker that is not on this machine: " + PlainText.of(host) + ".",
        "Images are loaded where Docker runs: unset it, or name a socket (unix:///…).");
  }

  /// Bytes for it to take in, written as they go.
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Whether anybody listens at its socket, though perhaps not to this user.
  public boolean listens() throws IOException {
    if (Files.notExists(socket)) return false;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return true;
    } catch (ConnectException refused) {
      return false;
    } catch (SocketException forbidden) {
      return true;
    }
  }

  /// What it says of itself.
  ///
  /// @throws Problem when nobody is there, this user may not ask, or it is no daemon
  public DaemonFacts facts(Cancellation cancellation) throws IOException {
    Fields version = document("/version", "its version", cancellation);
    Fields info = document("/info", "itself", cancellation);
    try {
      return DaemonFacts.of(version, info);
    } catch (Problem wrong) {
      throw DockerTrouble.nonsense("itself", wrong);
    }
  }

  /// What it has under exactly these words.
  ///
  /// @return nothing when it has nothing
  public Optional<StoredImage> inspect(ImageReference reference, Cancellation cancellation)
      throws IOException {
    return inspected(reference, "", cancellation);
  }

  /// The same for one platform of an image that has several; daemons before 28.1 do not look at it,
  /// and tell of their own.
  public Optional<StoredImage> inspect(
      ImageReference reference, Platform platform, Cancellation cancellation) throws IOException {
    ObjectNode json = Json.object();
    json.put("os", platform.os()).put("architecture", platform.architecture());
    if (!platform.variant().isEmpty()) json.put("variant", platform.variant());
    return inspected(reference, "?platform=" + query(Json.line(json)), cancellation);
  }

  private Optional<StoredImage> inspected(
      ImageReference reference, String which, Cancellation cancellation) throws IOException {
    String path = "/images/" + segment(reference.text()) + "/json" + which;
    return talk(
        cancellation,
        SOON,
        conversation -> {
          Conversation.Answer answer = conversation.ask("GET", path);
          if (answer.status() == 404) return Optional.empty();
          requireGood(answer);
          return Optional.of(
              understood(
                  reference.text(),
                  () -> StoredImage.inspected(fields(answer.body(), "the image"))));
        });
  }

  /// Everything it has.
  public List<StoredImage.Row> images(Cancellation cancellation) throws IOException {
    return talk(
        cancellation,
        SOON,
        conversation -> {
          Conversation.Answer answer = conversation.ask("GET", "/images/json");
          requireGood(answer);
          return understood("its images", () -> rows(answer.body()));
        });
  }

  /// Gives it a tar of images (`docker load`).
  public void load(Body tar, Cancellation cancellation) throws IOException {
    talk(
        cancellation,
        AT_LENGTH,
        conversation -> {
          Conversation.Answer answer = conversation.send("/images/load?quiet=1", tar);
          requireGood(answer);
          DockerNews.read(answer.body());
          return true;
        });
  }

  /// Lets it fetch an image from its registry: by digest when it is pinned.
  ///
  /// @param platform nothing for its own
  public void pull(ImageReference reference, Optional<Platform> platform, Cancellation cancellation)
      throws IOException {
    String what = reference.digest() != null ? reference.digest().toString() : "" + reference.tag();
    String path =
        "/images/create?fromImage="
            + query(reference.name())
            + "&tag="
            + query(what)
            + platform.map(each -> "&platform=" + query(each.toString())).orElse("");
    talk(
        cancellation,
        AT_LENGTH,
        conversation -> {
          Conversation.Answer answer = conversation.ask("POST", path);
          requireGood(answer);
          DockerNews.read(answer.body());
          return true;
        });
  }

  /// Takes a name from an image, and the image with it when that was its last.
  ///
  /// @return false when a container needs it
  public boolean remove(ImageReference reference, Cancellation cancellation) throws IOException {
    String path = "/images/" + segment(reference.text());
    return talk(
        cancellation,
        AT_LENGTH,
        conversation -> {
          Conversation.Answer answer = conversation.ask("DELETE", path);
          if (answer.status() == 409) return false;
          if (answer.status() != 404) requireGood(answer);
          return true;
        });
  }

  private Fields document(String path, String what, Cancellation cancellation) throws IOException {
    return talk(
        cancellation,
        SOON,
        conversation -> {
          Conversation.Answer answer = conversation.ask("GET", path);
          requireGood(answer);
          return understood(what, () -> fields(answer.body(), "the answer"));
        });
  }

  @FunctionalInterface
  private interface Talk<T> {
    T with(Conversation conversation) throws IOException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T talk(Cancellation cancellation, Duration longest, Talk<T> talk) throws IOException {
    cancellation.check();
    Conversation begun;
    try {
      begun = Conversation.begin(socket, cancellation, longest);
    } catch (IOException e) {
      throw DockerTrouble.unreachable(socket, e);
    }
    try (Conversation conversation = begun) {
      return talk.with(conversation);
    } catch (IOException e) {
      throw DockerTrouble.broken(socket, begun.reason(e));
    }
  }

  private static <T> T understood(String what, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (Problem wrong) {
      throw DockerTrouble.nonsense(what, wrong);
    }
  }

  static Fields fields(InputStream body, String what) throws IOException {
    return Fields.read(Limits.readAtMost(body, LARGEST_ANSWER, what), what);
  }

  /// Docker's lists have no name; with one they are read like everything else.
  static List<StoredImage.Row> rows(InputStream body) throws IOException {
    InputStream named =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream("{\"images\":".getBytes(UTF_8)),
                    body,
                    new ByteArrayInputStream("}".getBytes(UTF_8)))));
    List<StoredImage.Row> rows = new ArrayList<>();
    for (Fields row : fields(named, "the list of images").objects("images")) {
      if (rows.size() >= MOST_IMAGES)
        throw Limits.tooLarge("the list", rows.size() + 1L, MOST_IMAGES);
      rows.add(StoredImage.Row.of(row));
    }
    return rows;
  }

  private static void requireGood(Conversation.Answer answer) throws IOException {
    if (answer.status() / 100 == 2) return;
    byte[] words = answer.body().readNBytes(LARGEST_COMPLAINT);
    throw DockerTrouble.said(complaint(words, answer.status()));
  }

  private static String complaint(byte[] words, int status) {
    try {
      JsonNode message = Json.readObject(words, "Docker's answer").path("message");
      if (message.isString()) return message.stringValue();
    } catch (Problem notJson) {
      // Then the status has to do.
    }
    return "status " + status;
  }

  /// Everything but what a reference is made of is escaped, so that no name asks for another path.
  private static String segment(String reference) {
    return query(reference).replace("%2F", "/").replace("%3A", ":").replace("%40", "@");
  }

  private static String query(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
