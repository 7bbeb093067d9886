package org.trunkline.crm.delivery.internal.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeatsTest {

    @Test
    void thereAreSoManyAndNoMore() {
        Seats seats = new Seats();
        for (int i = 0; i < Seats.ALL; i++) {
            assertThat(seats.take("company " + i % 4)).isTrue();
        }
        assertThat(seats.take("company 5")).isFalse();

        seats.leave("company 1");

        assertThat(seats.take("company 5")).isTrue();
        assertThat(seats.take("company 1")).isFalse();
    }

    @Test
    void oneCompanyHasHalfOfThem() {
        Seats seats = new Seats();
        for (int i = 0; i < Seats.OF_ONE_COMPANY; i++) {
            assertThat(seats.take("acme")).isTrue();
        }
        assertThat(seats.take("acme")).isFalse();
        assertThat(seats.take("rival")).isTrue();

        seats.leave("acme");

        assertThat(seats.take("acme")).isTrue();
    }
}
