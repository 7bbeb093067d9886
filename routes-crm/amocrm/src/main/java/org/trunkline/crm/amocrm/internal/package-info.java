/** The way into amoCRM accounts by their API v4 (docs/amocrm.md). */
package org.trunkline.crm.amocrm.internal;
