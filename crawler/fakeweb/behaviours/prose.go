package behaviours

// subjects are what the pages of the table write about, a paragraph at a time.
var subjects = [][]string{
	{ // queues
		`A queue is a confession that two parts of a system do not work at the same speed. That is fine as long as somebody decides how long the confession may grow. Most outages that begin with a slow database end with a queue that nobody had bounded: the work in it is stale long before it is done, and every retry puts another copy of it at the end.`,
		`Start with the arithmetic. If a worker takes forty milliseconds for a job and there are eight of them, two hundred jobs a second is the most you will ever do. At two hundred and ten the queue grows by six hundred a minute, and by lunch time the oldest job is an hour old. No amount of memory helps; it only moves the moment at which people notice.`,
		`The bound should be given in time rather than in items. A person who waits for a page gives up after some ten seconds, so a request that has waited for eight is not worth beginning. Write the time of arrival into the job, look at it when the job is taken out, and drop what is too old with an answer that says so.`,
		`Shedding load feels rude, yet it is the polite thing to do. A quick refusal lets the caller go elsewhere, show what it has in its cache, or try again later with a pause that grows. A slow success after the caller has hung up helps nobody and costs as much as a real one.`,
		`Measure three things and put them on one chart: how many jobs come in, how many are done, and the age of the oldest that waits. The third is the one to be woken for. Lengths mislead, since a long queue of tiny jobs may be perfectly healthy and a short one of heavy jobs may be hopeless.`,
	},
	{ // gardens and sites
		`This site is a notebook that happens to be public. Some of it is finished, much of it is not, and a few pages have been true for ten years. I write about computers that are small enough to be understood, about bicycles, and about the vegetables that survive my holidays.`,
		`New pages appear about twice a month. There is a feed for those who still use one, and a list by subject for those who came here from a search and wonder what else there is. Nothing is tracked, nothing is sold, and the whole of it fits on a floppy disk if you leave out the photographs.`,
		`If you find a mistake, please write. The address is at the foot of the page, behind a small puzzle that keeps the worst of the machines away. Corrections are welcome even when they are about commas, and I try to answer everything within a fortnight.`,
		`The engine behind this is a shell script of ninety lines that turns text into pages. It has been rewritten three times in search of elegance and each time it came back to the same ninety lines, which is either a proof of something or a lack of imagination.`,
		`Older notes are kept where they were. A link is a promise, and there are people who linked here when the web was young; it would be unkind to move the furniture while they are sitting on it. What is out of date says so at the top, with the year in which it was true.`,
	},
	{ // Go errors
		`In Go an error is a value like any other: it is returned, looked at, and either handled or handed on with a word about what was being tried. There is no hidden path by which it could leave the function, and so the reader sees at once what happens when things go wrong. The price is a few more lines; the gain is that nothing is a surprise.`,
		`Wrap an error where you know something the caller does not. "open config.yaml: permission denied" is already a whole sentence; "load configuration: open config.yaml: permission denied" says why anybody wanted the file. Wrapping at each level with the name of the function only repeats the stack in prose.`,
		`Compare with errors.Is and errors.As instead of with the equals sign, since a wrapped error is another value than the one inside. Sentinel values are a part of your interface as soon as they are exported, so export few of them, and none whose text you might want to change.`,
		`Panics are for bugs. A missing file is not a bug, nor is a lost connection, nor a user who types letters into a field for numbers. A nil map that should have been made in the constructor is one. Recover at the edge of the program, log the stack, and let the process answer the next request or die, as suits it.`,
		`Finally, do not log and return. Whoever gets the error will log it too, and the third line about the same failure hides the first line about the next one. Decide once, as high up as possible, who is told; everything below only explains.`,
	},
	{ // databases
		`An index is a sorted copy of some columns with a pointer back to the row. Everything that is good and bad about indexes follows from this sentence: sorted things are quick to search, copies cost space, and every copy has to be kept up to date when the original changes.`,
		`The order of columns in an index matters as much as the columns. An index by country and city finds everybody in France, and everybody in Lyon if you know that it is in France; it is of no use to somebody who only knows the city. Think of a telephone directory and of looking for all the people whose first name is Ada.`,
		`Ask the planner instead of guessing. The words EXPLAIN and ANALYZE in front of a query show which path was chosen, how many rows were expected, and how many there really were. When the two numbers differ by a factor of a thousand, the statistics are old, and the plan is a guess about a table that no longer exists.`,
		`Transactions are about what others see. Within one you see your own changes at once, the others see them all or none. How much of their work you see in the meantime is the isolation level, and the default of most systems is weaker than people think: two readings of the same row may differ.`,
		`Back up by restoring. A dump that nobody has read back is a hope with a file name. Once a month a small machine should take last night's backup, bring it to life, count the rows in the five largest tables, and complain loudly if the count is less than it was.`,
	},
	{ // networks
		`A request for a page is a small journey. A name is turned into an address, a connection is opened, the two sides agree on keys, and only then the first line of the request is sent. On a good day this takes as long as a blink; on a train it takes as long as it takes to be annoyed.`,
		`Names come first. Your machine asks a resolver, the resolver asks the root, the root points to the servers of the top level, and these point to the servers of the domain. Each answer carries a time for which it may be kept. Long times make changes slow, short ones make every visit slow; an hour is a fair compromise.`,
		`Then the handshake. The server shows a certificate, which is a statement by somebody your machine trusts that this key belongs to that name. If the name is another, or the date has passed, or nobody vouches for it, the browser stops and shows a page of warnings that most people have learned to dislike.`,
		`After that it is mostly text. A method, a path, a few headers, an empty line; then a number with three digits and the same in the other direction. It is worth doing this once by hand. Few things make the web less mysterious than typing a request into a terminal and seeing the page fall out of it.`,
		`What goes wrong goes wrong in one of these places, and the message tells which if you read it slowly. No such host is about names. Connection refused means that the machine is there and nobody listens. A timeout means that nobody said anything at all, which is the least helpful thing a computer can say.`,
	},
	{ // typography and design
		`A line of text is comfortable at about sixty-five characters. Longer lines make the eye lose its way back, shorter ones make it jump. Screens are wide, and so the first thing a stylesheet should do for prose is to stop it from being as wide as the screen.`,
		`Contrast is not a matter of taste. A grey on a lighter grey looks calm in the office where it was chosen and vanishes on a telephone in the sun. There are formulas for this, and they are kinder than most designers: four and a half to one is enough for text, three to one for a headline.`,
		`Keep the rhythm. Space above a heading should be larger than the space below it, since a heading belongs to what follows. Lists want less space between their items than paragraphs do, and a table is happier with thin lines or none than with a cage around each number.`,
		`Two typefaces are plenty. One of them may be the one that the reader's system has anyway, which loads in no time, is hinted for that screen, and does not jump when the other one arrives. The second is for headlines, where a little character does no harm.`,
		`Test with real content. A card that was drawn for a name of twelve letters will meet one of forty; a button that says Save will have to say Änderungen speichern; a photograph in landscape will be replaced by somebody's passport picture. Design is what is left after that.`,
	},
	{ // a course
		`This course takes twelve weeks and supposes that you have written small programs before, in whatever language. Each week has a lecture of ninety minutes, a sheet with exercises, and a laboratory session in which the exercises are discussed. Solutions are published one week later.`,
		`In the first part we build a processor out of simple gates, first on paper and then in a simulator. It will be slow and it will have eight instructions, and you will know what each wire in it does. Students regularly tell us that this is the part they remember.`,
		`The second part is about memory: caches, pages, and the many ways in which a program that looks quick turns out to be slow because it walks through its data in the wrong direction. Bring a laptop; we measure everything, and the numbers on the slides are older than the machines on your desks.`,
		`Marks are given for the exercises (forty per cent), a project in pairs (thirty), and an oral examination (thirty). You may work together on the exercises as long as you write down with whom. You may not submit text or programs that you could not explain at the blackboard.`,
		`The textbook is in the library, twelve copies, and the chapters we use are also in the shared folder. Slides are no substitute for it. If you get stuck, the forum is quicker than mail, and the office hour on Thursday is quicker than both and usually has biscuits.`,
	},
	{ // a tool
		`Install the tool with your package manager, or take the single file from the releases and put it somewhere in your path. It needs no run time, reads its configuration from the folder in which it is started, and leaves nothing behind except what you ask it to write.`,
		`The first argument is what to do, the rest is what to do it to. Without arguments it explains itself. Every command has a dry run, which prints what would be changed and changes nothing; scripts should begin with it and end without it.`,
		`The configuration is a small file with sections. Keys that are not known are errors, since a typo that is silently ignored is worse than one that stops the program. Each key can be overridden by a variable in the environment, so that secrets need not be in the file.`,
		`Exit status zero means that all is well, one that something was found, and two that the tool could not do its work. Output for people goes to the terminal with colours, output for programs is lines of JSON and goes wherever you send it. The two never mix.`,
		`Development happens in the open. Reports of bugs should say what was tried, what happened, and what was expected; a small file that shows the problem is worth more than a long description. Changes are welcome after a word about the plan, since a refused patch makes two people sad.`,
	},
}

// headings stand between the paragraphs of an article.
var headings = []string{"Where to begin", "The arithmetic of it", "What goes wrong", "In practice", "What to measure", "A word of warning", "Further reading"}

// comments stand below an article.
var comments = []string{
	"Thank you for this. I had read three other explanations and understood none of them.",
	"Small correction: the second example needs the newer release, the flag did not exist before.",
	"We did exactly this at work and it took us a year to find out why it was slow. I wish I had read it then.",
	"Does the same hold for clusters with more than one region? Asking for a friend with a pager.",
}
