package crawler

// Texts of pages that stand in for one another.
const (
	queues = `<p>A queue is a confession that two parts of a system do not work at the same speed. That is fine as long as somebody decides how
long the confession may grow. Most outages that begin with a slow database end with a queue that nobody had bounded: the work in it is stale long
before it is done, and every retry puts another copy of it at the end.</p><p>Start with the arithmetic. If a worker takes forty milliseconds for
a job and there are eight workers, two hundred jobs a second is the most you will ever do. At two hundred and ten the queue grows by six hundred a
minute, and by lunch time the oldest job is an hour old. No amount of memory helps; it only moves the moment at which people notice.</p><p>The bound
should be given in time rather than in items. A person who waits for a page gives up after some ten seconds, so a request that has waited for eight
is not worth beginning. Write the time of arrival into the job, look at it when the job is taken out of the queue, and drop what is too old.</p>
<p>Shedding load feels rude, yet it is the polite thing to do. A quick refusal lets the caller go elsewhere, show what it has in its cache, or try
again later with a pause that grows. A slow success after the caller has hung up helps nobody and costs as much as a real one.</p><p>Measure three
things and put them on one chart: how many jobs come in, how many are done, and the age of the oldest job that waits. Lengths mislead, since a long
queue of tiny jobs may be perfectly healthy and a short queue of heavy jobs may be hopeless. Workers should say how busy they are.</p>`

	gardens = `<p>Tomatoes want sun, warmth and a stake, and they want them in that order. Sow them indoors when the last snow is melting, in
small pots on a southern windowsill, and turn the seedlings every morning so that stems grow straight. When the fourth pair of leaves unfolds,
plant each seedling deeper than it stood, because stems that are buried make roots.</p><p>Harden the plants before they leave the house: a few
hours outdoors in shade, then an afternoon, then a night without frost. Soil should be loose and rich, with compost from last autumn worked in to the
depth of a spade. Water early and at the root; wet leaves invite blight, and blight takes a whole bed within a week of rain.</p><p>Pinch out the side
shoots of tall varieties and leave bushy ones alone. Basil between the rows keeps some pests away and tastes well with the harvest. Onions, carrots
and lettuce make good neighbours; potatoes and fennel do not. Rotate beds, so that tomatoes return to the same soil only every fourth summer.</p>
<p>Harvest when the fruit comes away at a touch. Green tomatoes ripen in a drawer beside an apple. Save seeds from the best plant: ferment the pulp in
a glass, rinse, dry on paper, and write the variety and year on the envelope before winter makes you forget. Gardeners swap envelopes in March.</p>`

	casino = `<p>Spin the reels tonight and claim a welcome bonus on your opening deposit. Hundreds of slots, blackjack tables with live dealers,
roulette wheels and jackpots paid within minutes. Players join from mobile or desktop, deposit by card or crypto, and cash out whenever luck smiles.
</p><p>Every weekend brings tournaments with leaderboards, cashback for loyal players, and free spins on fresh slots from famous studios. Our VIP
lounge offers higher limits, personal managers, birthday gifts and invitations. Poker fans enjoy sit-and-go tables, freerolls, bounty events plus
nightly jackpots.</p><p>Odds for football, tennis, horse racing plus esports update live. Place accumulators, follow tipsters, cash out bets before the
final whistle. Licensed dealers stream blackjack, baccarat, roulette from glamorous studios. Gamble responsibly: set deposit limits, cool off, ask
support for help around midnight or noon.</p><p>Refer friends, earn coins, unlock bonus wheels. Slots with megaways, cluster pays, progressive jackpots
plus bonus buys await. Roulette strategy guides, blackjack charts, poker odds calculators included. Jackpots drop hourly, daily, weekly. Players
win, bonus grows, reels keep spinning.</p>`

	gardensGerman = `<p>Tomaten brauchen Sonne, Wärme und einen Stab, und zwar in dieser Reihenfolge. Man sät sie im Haus aus, wenn der letzte Schnee
schmilzt, in kleinen Töpfen auf der Fensterbank nach Süden, und dreht die Pflänzchen jeden Morgen, damit die Stängel gerade wachsen. Wenn sich das
vierte Blattpaar entfaltet, setzt man jede Pflanze tiefer, als sie stand, denn die Stängel in der Erde bilden Wurzeln.</p><p>Die Pflanzen müssen sich an
draußen gewöhnen: erst ein paar Stunden im Schatten, dann einen Nachmittag, dann eine Nacht ohne Frost. Der Boden soll locker und reich sein, mit
Kompost vom letzten Herbst bis zur Tiefe eines Spatens. Man gießt früh und an der Wurzel; nasse Blätter laden die Fäule ein, und die nimmt ein ganzes
Beet in einer Woche Regen.</p><p>Bei hohen Sorten bricht man die Seitentriebe aus, die buschigen lässt man in Ruhe. Basilikum zwischen den Reihen hält
manche Schädlinge fern und schmeckt gut zur Ernte. Zwiebeln, Möhren und Salat sind gute Nachbarn, Kartoffeln und Fenchel sind es nicht. Samen nimmt man
von der besten Pflanze und schreibt die Sorte auf den Umschlag, bevor der Winter es vergessen macht.</p>`

	consent = `<p>We value your privacy. We and our partners store and access cookies and other identifiers on your device to deliver personalised
advertising, measure performance, and develop our services. With your consent we and our 812 partners may process personal data such as browsing behaviour.
You may click to consent, or manage your preferences at any time. Some vendors rely on legitimate interest, to which you can object. Your preferences
apply to this website only. You can change your consent at any time in our privacy policy. Cookies that are strictly necessary cannot be refused.
Accept all cookies, reject all cookies, manage preferences, list of vendors, list of partners, privacy policy, imprint, and legal information about
cookies and consent as the law demands of every publisher in the region where you seem to be reading this from today.</p>`

	lots = `<p>Houses for rent near lakes and mountains. Apartments, cottages, villas, studios with furniture, parking and balcony. Landlords publish
offers weekly; tenants reply by phone. Deposits equal three monthly payments. Kitchens, bathrooms, terraces, gardeners and cleaning included. Rent
apartments, villas, cottages from trusted landlords. Brokers charge commission. Furniture, parking, heating, electricity and internet listed
separately. Tenants sign contracts digitally. Villas beside lakes sell fast. Cottages near ski lifts rent weekly. Brokers show apartments on Saturdays,
landlords meet tenants, keys change hands. Mortgage calculators, property taxes, moving companies, renovation experts and notaries listed nearby. Pets allowed in most cottages, smokers on balconies.
Weekend visits by appointment; bring payslips, passports and references for landlords.</p>`

	japaneseCasino = `<p>今夜のスロットで大当たりを狙いましょう。新規登録のお客様には無料スピンを毎日プレゼントします。ルーレットやポーカーの生中継で
美しいディーラーと一緒に遊べます。入金は仮想通貨でもカードでも可能で、勝ち金はすぐに出金できます。毎週末には豪華賞品が当たる大会を開催し、
常連のお客様には現金を還元します。競馬やサッカーの試合に賭けることもできます。携帯電話からいつでもどこでも遊べるので、通勤中や休憩時間にも
お楽しみいただけます。専門の係員が昼も夜もお手伝いします。友達を紹介すると硬貨がもらえます。遊びすぎにはご注意ください。限度額を決めて、
楽しく安全に遊びましょう。幸運の女神があなたに微笑みますように。今すぐ会員になって、夢の賞金を手に入れてください。機種は千種類以上あり、
毎月新しいものが加わります。初めての方でも簡単に始められます。遊び方の動画もたくさん用意しています。抽選は毎日正午に行われます。
当選者の名前は翌朝に発表され、賞金は即座に口座へ振り込まれます。負けた日も落ち込まず、また明日挑戦しましょう。</p>`
)
