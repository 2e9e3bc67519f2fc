package io.strandline.engine.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The numbers whose rows are in the database, noted there in the same transaction: table {@code strandline_commits}, made when
 * it is missing. A note goes once no staged file can have its number any more.
 *
 * @param owner the job and the sink, in one word
 */
record CommitNotes(String owner) {

    void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists strandline_commits (owner varchar(200) not null,"
                    + " branch varchar(100) not null, number bigint not null, primary key (owner, branch, number))");
        }
    }

    Set<Long> numbers(Connection connection, String branch) throws SQLException {
        Set<Long> numbers = new HashSet<>();
        try (PreparedStatement query =
                connection.prepareStatement("select number from strandline_commits where owner = ? and branch = ?")) {
            query.setString(1, owner);
            query.setString(2, branch);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        return numbers;
    }

    /** Notes a number, which fails when another transaction has. */
    void add(Connection connection, String branch, long number) throws SQLException {
        change(connection, "insert into strandline_commits (owner, branch, number) values (?, ?, ?)", branch, number);
    }

    /** Forgets the numbers below one whose rows are the oldest that are still staged. */
    void forgetBelow(Connection connection, String branch, long number) throws SQLException {
        change(
                connection,
                "delete from strandline_commits where owner = ? and branch = ? and number < ?",
                branch,
                number);
    }

    private void change(Connection connection, String sql, String branch, long number) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(sql)) {
            change.setString(1, owner);
            change.setString(2, branch);
            change.setLong(3, number);
            change.executeUpdate();
        }
    }
}
