package io.strandline.retention.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.retention.gc.HeardManifests.Suspicion;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the second witness remembers of manifests that it has read. */
class HeardManifestsTests {

    private final HeardManifests heard = new HeardManifests();

    @Test
    void suspectsOnlyTheManifestsBetweenTheFirstAndTheLastThatNameAFile() {
        for (int number = 1; number <= 9; number++) {
            heard.remember(manifest("flights", number), Set.of(file(number), file(number + 1)));
        }
        Suspicion suspicion = heard.mayName(Set.of(file(4), file(8)));
        assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9))
                .filteredOn(number -> suspicion.about(manifest("flights", number)))
                .containsExactly(3, 4, 7, 8);
        assertThat(suspicion.about(manifest("other", 4))).isFalse();
        assertThat(heard.mayName(Set.of(file(99))).about(manifest("flights", 4)))
                .isFalse();
    }

    @Test
    void suspectsAllManifestsOfAnotherJobThatNamesTheFile() {
        heard.remember(manifest("flights", 5), Set.of(file(1)));
        heard.remember(manifest("copies", 2), Set.of(file(1)));
        heard.remember(manifest("copies", 7), Set.of(file(2)));
        Suspicion suspicion = heard.mayName(Set.of(file(1)));
        assertThat(suspicion.about(manifest("flights", 5))).isTrue();
        assertThat(suspicion.about(manifest("flights", 6))).isFalse();
        assertThat(suspicion.about(manifest("copies", 2))).isTrue();
        assertThat(suspicion.about(manifest("copies", 7))).isTrue();
    }

    @Test
    void neverMissesAManifestThatNamesASuspect() {
        Random random = new Random(5);
        Map<ManifestName, Set<Digest>> all = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            ManifestName name = manifest("job" + random.nextInt(5), 1 + i);
            Set<Digest> named = new HashSet<>();
            for (int j = 0; j < 5; j++) {
                named.add(file(random.nextInt(4_000)));
            }
            all.put(name, named);
            heard.remember(name, named);
        }
        List<Digest> suspects = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            suspects.add(file(random.nextInt(4_000)));
        }
        Suspicion suspicion = heard.mayName(suspects);
        all.forEach((name, named) -> {
            assertThat(heard.knows(name)).isTrue();
            if (suspects.stream().anyMatch(named::contains)) {
                assertThat(suspicion.about(name)).as(name.toString()).isTrue();
            }
        });
    }

    @Test
    void knowsNothingOnceMostOfItIsOfManifestsThatAreGone() {
        for (int number = 1; number <= 5_000; number++) {
            heard.remember(manifest("flights", number), Set.of(file(number)));
        }
        heard.forgetWhenStale(4_000);
        assertThat(heard.knows(manifest("flights", 5_000))).isTrue();
        heard.forgetWhenStale(10);
        assertThat(heard.knows(manifest("flights", 5_000))).isFalse();
        assertThat(heard.mayName(Set.of(file(5_000))).about(manifest("flights", 5_000)))
                .isFalse();
    }

    private static ManifestName manifest(String job, long number) {
        return new ManifestName(job, number);
    }

    private static Digest file(int number) {
        return Digest.ofBytes(("file " + number).getBytes(StandardCharsets.US_ASCII));
    }
}
