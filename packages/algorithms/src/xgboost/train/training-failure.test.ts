import { describe, expect, it } from "vitest";
import { AlgorithmError, UserError } from "../../failures.ts";
import { XgboostError } from "../library/native-library.ts";
import { trainingFailure } from "./training-failure.ts";

describe("trainingFailure", () => {
  it.each([
    "label must be in [0,1] for logistic regression",
    "Invalid Parameter format for max_depth expect int but value='99999999999'",
    "Out of range value for subsample, value='1e-300'",
    "value 1 for Parameter max_bin should be greater equal to 2",
  ])("blames the user for %s", (message) => {
    const failure = trainingFailure(new XgboostError(message));
    expect(failure).toBeInstanceOf(UserError);
    expect(failure.message).toBe(message);
  });

  it("says a known mistake in the words of the images", () => {
    const { message } = trainingFailure(new XgboostError("label must be in (0, 1) for logistic regression"));
    expect(message).toBe("label must be in [0,1] for logistic regression");
  });

  it("blames the algorithm for anything else", () => {
    const failure = trainingFailure(new XgboostError("Check failed: impossible"));
    expect(failure).toBeInstanceOf(AlgorithmError);
    expect(failure.message).toBe("XGB train call failed with exception:\n Check failed: impossible");
  });
});
