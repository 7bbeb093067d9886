package org.trunkline.sandbox.bitrix;

/** The body of one REST method; runs under the portal's lock unless it was added otherwise. */
interface RestMethod {
    RestResult run(RestCall call) throws RestFault;
}
