export const stopJob: Operation<Api, "StopTrainingJob", Deps> = {};
