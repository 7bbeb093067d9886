package org.trunkline.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HubHealthTest {

    @Test
    void beforeTheStoreIsOpenTheHubIsDownAndSaysWhy() {
        HubHealth health = new HubHealth();

        HubState state = health.state();

        assertThat(state.state()).isEqualTo(HubState.DOWN);
        assertThat(state.store().reason()).contains("not open");
        assertThat(state.work()).isEmpty();
        assertThat(state.pbx()).isEmpty();
        assertThat(health.storeAnswers()).isFalse();
        health.stop();
    }
}
