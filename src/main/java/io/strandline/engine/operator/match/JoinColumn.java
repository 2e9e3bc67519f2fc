package io.strandline.engine.operator.match;

/**
 * A column of joined rows.
 *
 * @param name its name there
 * @param side whose column it is: 0 is the left one, 1 the right one
 * @param index the column's index in that side's rows
 */
public record JoinColumn(String name, int side, int index) {

    public JoinColumn {
        if (side != 0 && side != 1) {
            throw new IllegalArgumentException(name + " is of side " + side);
        }
    }
}
