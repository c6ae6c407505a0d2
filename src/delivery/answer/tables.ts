export type AnswerTables = {
  heardAnswer: {
    workspaceId: string;
    answerKey: string;
    heardAt: Date;
  };
};
