package org.fieldlift.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fieldlift.export.Item.Kind;
import org.fieldlift.export.Planned.Fate;
import org.fieldlift.forklift.BundleContents;
import org.fieldlift.forklift.BundleContents.Download;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.io.Yaml;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.Platform;

/// One staged bundle on its way to a release that needs nothing else.
///
/// Nothing of the stage store or the workspace is changed, and nothing is copied together: what is
/// to be packed is read where it lies.
public final class BundleExport {
  private final Path bundle;
  private final Platform platform;
  private final BundleContents contents;
  private final Places places;
  private final Images images;

  private BundleExport(
      Path bundle, Platform platform, BundleContents contents, Places places, Images images) {
    this.bundle = bundle;
    this.platform = platform;
    this.contents = contents;
    this.places = places;
    this.images = images;
  }

  /// @param bundle a staged bundle's folder
  /// @param platform it was staged for; a bundle does not record it
  /// @throws Problem when Forklift could not apply the bundle, or when it was imported for another
  ///   platform
  public static BundleExport of(Path bundle, Platform platform, Places places, Images images)
      throws IOException {
    BundleContents contents = BundleContents.of(bundle);
    requireNoOther(platform, bundle);
    return new BundleExport(bundle, platform, contents, places, images);
  }

  /// A bundle with caches does record its platform: in the section that Fieldlift appended.
  private static void requireNoOther(Platform platform, Path bundle) throws IOException {
    byte[] manifest = Limits.readFile(bundle.resolve(BundleManifest.FILE), Yaml.LARGEST);
    var recorded = CachesSection.parse(manifest).map(CachesSection::platform);
    if (recorded.filter(each -> !each.equals(platform.toString())).isEmpty()) return;
    throw Problem.usage(
        "The bundle "
            + bundle
            + " and its caches are for "
            + recorded.get()
            + ", not for "
            + platform
            + ".",
        "Export it with --platform " + recorded.get() + ".");
  }

  /// Everything the bundle needs, and what exporting would do about it. Asks nobody else.
  ///
  /// @param offline fetch nothing
  public List<Planned> plan(boolean offline) throws IOException {
    List<Item> items = new ArrayList<>(new Survey(contents, places).items());
    items.addAll(images.survey(contents.composeImages(), platform));
    List<Planned> planned = new ArrayList<>();
    for (Item item : items) planned.add(new Planned(item, fate(item, offline)));
    return planned;
  }

  /// The bundle without caches, for devices that have them or need none.
  ///
  /// @param stripSecrets takes credentials and paths of this computer out
  /// @param scratch a folder of this export's own
  public Gathered alone(boolean stripSecrets, Path scratch) throws IOException {
    return new Gathering(bundle, contents, stripSecrets, scratch).alone();
  }

  /// The bundle with everything it needs. Fetches what is lacking.
  ///
  /// @param offline fetch nothing
  /// @param stripSecrets takes credentials and paths of this computer out
  /// @param scratch a folder of this export's own
  /// @throws Problem that lists what is missing, before anything is fetched
  public Gathered whole(
      boolean offline,
      boolean stripSecrets,
      Path scratch,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    List<Planned> items = plan(offline);
    requireAll(items);
    Gathering gathering = new Gathering(bundle, contents, stripSecrets, scratch);
    for (Planned each : items) {
      cancellation.check();
      gathering.add(supplied(each.item(), offline, progress, cancellation), cancellation);
    }
    gathering.add(images, wanted(offline, progress, cancellation));
    return gathering.whole(platform.toString());
  }

  /// What apps run, and what files are exported from, so that they can be exported again.
  private List<Image> wanted(boolean offline, Progress progress, Cancellation cancellation)
      throws IOException {
    List<String> exported = contents.exportImages().stream().map(Download::source).toList();
    List<String> all = new ArrayList<>(contents.composeImages());
    exported.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return offline
        ? images.present(all, platform)
        : images.bring(all, platform, progress, cancellation);
  }

  /// The item, on this computer now.
  private Item supplied(Item item, boolean offline, Progress progress, Cancellation cancellation)
      throws IOException {
    if (item.found().isPresent()) return item;
    Supply supply = new Supply(places.workspace(), places.station(), images, platform, offline);
    return switch (item.kind()) {
      case FILE ->
          item.at(supply.file(download(contents.downloads(), item), progress, cancellation));
      case IMAGE_FILES ->
          item.at(
              supply.imageFiles(download(contents.exportImages(), item), progress, cancellation));
      case IMAGE, MIRROR, PALLET, REPOSITORY -> item;
    };
  }

  private static Download download(List<Download> downloads, Item item) {
    return downloads.stream()
        .filter(each -> item.place().endsWith("/downloads/" + each.path()))
        .findFirst()
        .orElseThrow();
  }

  private static void requireAll(List<Planned> items) throws Problem {
    List<Item> missing =
        items.stream().filter(each -> each.fate() == Fate.MISSING).map(Planned::item).toList();
    if (missing.isEmpty()) return;
    String list =
        missing.stream()
            .map(item -> words(item.kind()) + " " + PlainText.of(item.name()))
            .collect(Collectors.joining(", "));
    boolean hasGit = missing.stream().anyMatch(item -> !item.isFetched());
    throw Problem.failed(
        "The bundle cannot be exported whole; missing: " + list + ".",
        hasGit
            ? "Let Forklift fetch them (forklift plt cache-all), or export without caches"
                + " (--include-caches=false)."
            : "Run it again without --offline, or export without caches"
                + " (--include-caches=false).");
  }

  /// A mirror is only for switching versions; the files of an image that is here are taken out of
  /// it.
  private Fate fate(Item item, boolean offline) throws IOException {
    if (item.found().isPresent()) return Fate.HERE;
    return switch (item.kind()) {
      case MIRROR -> Fate.LEFT_OUT;
      case PALLET, REPOSITORY -> Fate.MISSING;
      case FILE, IMAGE -> offline ? Fate.MISSING : Fate.FETCHED;
      case IMAGE_FILES -> {
        if (!offline) yield Fate.FETCHED;
        boolean isHere = !images.present(List.of(item.name()), platform).isEmpty();
        yield isHere ? Fate.HERE : Fate.MISSING;
      }
    };
  }

  private static String words(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
