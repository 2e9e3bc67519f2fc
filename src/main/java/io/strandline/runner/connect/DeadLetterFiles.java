package io.strandline.runner.connect;

import io.strandline.engine.connector.DeadLetters;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.file.FileSource;
import io.strandline.engine.connector.part.PartName;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.Batch;
import io.strandline.runner.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads dead letters back from the part files of one directory, newest first. */
final class DeadLetterFiles {

    private static final int BATCH_ROWS = 256;
    private static final Comparator<PartName> NEWEST_FIRST = Comparator.comparingLong(PartName::number)
            .thenComparing(PartName::fileName)
            .reversed();

    private final String path;
    private final Path directory;

    /** @param path of the directory, relative to the files root */
    DeadLetterFiles(String path, Path directory) {
        this.path = path;
        this.directory = directory;
    }

    /** A branch's parts that are visible, newest first; {@code directory} need not exist. */
    List<PartName> parts(String branch) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> PartName.parse(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .filter(part -> !part.staged() && part.branch().equals(branch))
                    .sorted(NEWEST_FIRST)
                    .toList();
        }
    }

    /** The letters of one part, its last line first. */
    List<DeadLetter> letters(PartName part) throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        List<RecordColumn> columns = DeadLetters.TYPE.columns().stream()
                .map(column -> new RecordColumn(column.name(), column.type(), null))
                .toList();
        FileSource source = new FileSource(
                directory.resolve(part.fileName()), part.fileName(), RecordFormat.JSON, columns, FileSource.OnEnd.STOP);
        try (SplitReader reader = source.open(part.fileName(), 0)) {
            Batch batch = new Batch(DeadLetters.TYPE, BATCH_ROWS);
            SplitReader.Availability more = SplitReader.Availability.MORE;
            while (more == SplitReader.Availability.MORE) {
                batch.clear();
                more = reader.read(batch, BATCH_ROWS);
                for (int row = 0; row < batch.size(); row++) {
                    letters.add(letter(batch, row, new DeadLetter.Place(path + "/" + part.fileName(), letters.size())));
                }
            }
        }
        Collections.reverse(letters);
        return letters;
    }

    private static DeadLetter letter(Batch batch, int row, DeadLetter.Place place) {
        return new DeadLetter(
                place,
                (String) batch.objects(0)[row],
                (String) batch.objects(1)[row],
                batch.longs(2)[row],
                (String) batch.objects(3)[row],
                (String) batch.objects(4)[row]);
    }
}
