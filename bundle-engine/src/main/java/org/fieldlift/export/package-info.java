/// From a staged bundle to a release that needs nothing else: finds the caches and container images
/// the bundle needs, fetches what is lacking, and says what is to be packed. May know `release`,
/// `archive`, `forklift`, `oci`, `http` and `io`.
@NullMarked
package org.fieldlift.export;

import org.jspecify.annotations.NullMarked;
