import { confusionOf } from '../test/unit/inventory/correlation/confusion.ts';

const companies = [{}, { resources: 5000, hosts: 2000 }, { seed: 7, resources: 5000, hosts: 2000 }];

for (const options of companies) {
  const { rules, result, resources, hosts, wrongSureLinks, unlabelledLinks, linkedDecoys, withoutCode, milliseconds } =
    confusionOf(options);
  console.log(
    `\n${resources} resources, ${hosts} hosts, ruleset ${result.rulesetVersion}: ${Math.round(milliseconds)} ms`,
  );
  console.table(Object.fromEntries(rules.map(({ rule, ...score }) => [rule, score])));
  console.log(
    `links ${result.links.length} (${unlabelledLinks} without a label) · relations ${result.relations.length} · candidates ${result.candidates.length}`,
  );
  console.log(
    `wrong CERTAIN or HIGH links ${wrongSureLinks.length} · linked decoys ${linkedDecoys.length} · unmatched without a reason ${withoutCode}`,
  );
  if (wrongSureLinks.length + linkedDecoys.length + withoutCode > 0) process.exitCode = 1;
}
