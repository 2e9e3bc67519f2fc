package io.strandline.api.function;

import io.strandline.api.type.Columns;
import io.strandline.api.type.Row;

/**
 * A {@link ProcessFunction} that pipeline documents can name by its class: {@code {type: process, class, config}}. The class is
 * public and has a public constructor without arguments. The key is a row of the columns that the document's {@code keyBy} names.
 */
public interface RowFunction extends ProcessFunction<Row, Row, Row> {

    /**
     * Takes the document's {@code config} and says which rows it emits. Called before {@link #open}, on every object.
     *
     * @param input the columns of the rows that will come
     * @throws ConfigurationException when the configuration or the input's columns are of no use
     */
    Columns configure(Configuration config, Columns input);
}
