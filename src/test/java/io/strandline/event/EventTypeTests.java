package io.strandline.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.journal.ChangeCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Writes the table of events into the docs, and compares it with what the journal can hold. */
class EventTypeTests {

    private static final Path FILE = Path.of("docs/events.md");
    private static final String BEGIN = "<!-- the table is generated from EventType -->\n";
    private static final String END = "<!-- end of the table -->";

    @Test
    void thereIsAKindOfEventForEveryChangeOfTheAudit() {
        Set<String> audited = new TreeSet<>(ChangeCodec.kindNames());
        audited.removeAll(Set.of("numbers-reserved", "request-answered", "condition-changed"));

        assertThat(EventType.wireNames())
                .as("add a constant to EventType for each new kind of change, then run with -Ddocs.update=true")
                .containsAll(audited);
    }

    @Test
    void theTableOfEventsIsUpToDate() throws IOException {
        String page = Files.readString(FILE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String now = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(FILE, now, StandardCharsets.UTF_8);
        }

        assertThat(FILE).hasContent(now);
    }

    @Test
    void readsBackTheIdsItWrites() {
        for (EventId id : new EventId[] {new EventId(393_216, 0), new EventId(393_216, 7)}) {
            assertThat(EventId.parse(id.toString())).contains(id);
        }
        for (String text : new String[] {"", "-1", "1.", ".1", "1.2.3", "9999999999999999999", "१"}) {
            assertThat(EventId.parse(text)).as(text).isEmpty();
        }
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| type | what happened | told again |\n|---|---|---|\n");
        for (EventType type : EventType.values()) {
            table.append("| `").append(type.wireName()).append("` | ").append(type.meaning());
            table.append(" | ").append(type.journaled() ? "yes" : "no").append(" |\n");
        }
        return table.toString();
    }
}
