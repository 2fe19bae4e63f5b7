import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { OWN_QUESTIONS, questionFiles } from '#questions/question-files.ts';

/** Adds the command `complete`, which prints the script for a shell and answers what that asks: commands, options, choices, questions. */
export const addCompletion = (program: Command): void => {
  const { commands } = tab(program);
  commands.get('ask')?.argument('question', (complete) => {
    for (const { name, text } of questionFiles(OWN_QUESTIONS)) complete(name, titleOf(text));
  });
};

const titleOf = (text: string): string => /^# *(.*)/.exec(text)?.[1] ?? '';
