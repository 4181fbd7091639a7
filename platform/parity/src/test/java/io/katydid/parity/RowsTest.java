package io.katydid.parity;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Keeps the table whole: each row once, each section there, few rows out of the count. */
class RowsTest {
    private static final List<Row> ROWS = Rows.all();

    @Test void eachIdIsThereOnceWithASectionAndAText() {
        assertThat(ROWS).extracting(Row::id).doesNotHaveDuplicates()
            .allMatch(id -> id.matches("(SD|UM|EV|CL|ST|RN|OT|LP|AC|PR)-[1-9]\\d*"));
        assertThat(ROWS).extracting(Row::section).allMatch(section -> section.matches("\\d+(\\.\\d+)?"));
        assertThat(ROWS).extracting(Row::text).allMatch(text -> text.length() > 15 && !text.endsWith(".")).doesNotHaveDuplicates();
    }

    @Test void allSectionsAreThereWithTheirRows() {
        assertThat(ROWS.stream().collect(groupingBy(Row::chapter, counting())))
            .isEqualTo(Map.of(1, 141L, 2, 111L, 3, 27L, 4, 101L, 5, 17L, 6, 53L, 7, 64L, 10, 25L, 11, 100L));
    }

    @Test void atMostTwelvePercentOutsideTheSeedAreNotApplicable() {
        var outside = ROWS.stream().filter(row -> row.chapter() != 1).toList();
        var without = outside.stream().filter(Predicate.not(Row::applicable)).count();
        assertThat(without * 100.0 / outside.size()).as("percent of rows that are not applicable (%s of %s)", without, outside.size())
            .isBetween(1.0, 12.0);
    }

    @Test void aRowOfTheSeedIsLeftOutOnlyForOtherWork() {
        assertThat(ROWS).filteredOn(row -> row.chapter() == 1).filteredOn(Predicate.not(Row::applicable))
            .extracting(row -> row.standing().kind()).isNotEmpty().containsOnly(Standing.Kind.ISSUE);
    }

    @Test void aStandingIsReadWithItsWords() {
        assertThat(Row.parse("UM-1\t2.2\ttext\tissue: console").standing()).isEqualTo(new Standing(Standing.Kind.ISSUE, "console"));
        assertThat(Row.parse("UM-1\t2.2\ttext\tpython")).matches(row -> !row.applicable()).hasToString(
            "Row[id=UM-1, section=2.2, text=text, standing=python]");
        assertThat(Row.parse("UM-1\t2.2\ttext\twaits: console")).matches(Row::applicable);
        assertThat(Row.parse("UM-1\t2.2\ttext").standing().kind()).isEqualTo(Standing.Kind.EXPECTED);
    }

    @Test void aStandingOutsideTheListIsRefused() {
        for (var wrong : List.of("later", "issue", "issue: ", "python: no", "expected", "impossible")) {
            assertThatThrownBy(() -> Row.parse("UM-1\t2.2\ttext\t" + wrong)).hasMessage("Row UM-1: '" + wrong
                + "' is no standing of a row. Write one of: waits: words, python, removed, issue: words, impossible: words.");
        }
    }

    @Test void aLineWithTooFewColumnsIsRefused() {
        assertThatThrownBy(() -> Row.parse("UM-1\ttext")).hasMessageStartingWith(
            "The table of rows has a line with 2 columns instead of 3 or 4: 'UM-1\ttext'. Write id, section, text");
    }
}
