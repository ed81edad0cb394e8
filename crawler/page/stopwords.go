package page

import "strings"

// stopList holds the small words that nearly every text of a language has.
type stopList struct{ language, words string }

// stopLists are in an order that numbers them; there can be 32. They tell languages apart, and are no topics.
var stopLists = []stopList{
	{"en", "the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so said what up its about than into them can only other new some could time these two may then do first any my now such like our over me even most made after also did many before must through back where much your way well down should because each just those people how too between own here while very still make see being under get without again against might used use using per via off since why don't your you're"},
	{"de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei können hier wir ihre ihr wenn diese dieser dieses kann alle was seine unter zwischen gegen vom muss ohne sehr schon immer viele mich dich uns euch ich du mein dein"},
	{"fr", "le la les de des du un une et est en que qui dans pour pas sur au aux ce cette ces il elle ils elles on nous vous je se sont avec plus par ne son sa ses leur leurs mais ou comme tout tous toute même été être avoir fait faire si sans sous entre après avant très bien peut votre notre quand aussi donc car dont où"},
	{"es", "el la los las de del y en que a un una unos unas por con no se su sus es para como más al lo pero ha este esta estos estas o ya si cuando muy sin sobre también me hasta hay donde quien desde todo todos nos durante uno les ni contra otros ese eso ante ellos entre ser son está están fue tiene nuestro puede"},
	{"pt", "o a os as de do da dos das e em no na nos nas um uma que por com não se é para como mais ao aos à mas foi ele ela tem seu sua ou ser quando muito há já está eu também só pelo pela até isso entre era depois sem mesmo ter seus quem me esse estão você essa num nem suas meu às minha são sobre"},
	{"it", "il lo la i gli le di del della dei delle e è un una in che per con non si da al alla ai alle sono come più ma anche nel nella ha o se su questo questa questi queste ci mi ti suo sua loro essere stato dal dalla tra fra dove quando molto tutti tutto ogni solo senza dopo prima può"},
	{"nl", "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit door over naar tot wordt worden werd deze dit die hij zij we ze je u hun haar meer geen nog wel kan kunnen heeft hebben had was waren onder tussen zonder na al veel moet zo wat wie waar"},
	{"sv", "och att det i en på är som för av med till den har de inte om ett han men var jag sig från vi så kan man när år säger hon under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än här då sedan över"},
	{"da", "og i at det er en til af på for med der de ikke den som et har han men om var sig fra vi så kan hun nu efter eller også ved mod skal skulle kommer ud får være havde alle andre meget end her da over blev bliver deres hvor mig dig"},
	{"no", "og i det på er en til av for med at som de ikke den et har han men om var seg fra vi så kan hun nå etter eller også ved mot skal skulle kommer ut får være hadde alle andre mye enn her da over ble blir deres hvor meg deg noen"},
	{"fi", "ja on ei se että oli hän ovat mutta kun niin myös joka tai kuin jos sen olla ole mitä vain nyt sitä voi jo kaikki sekä ollut hänen tämä tässä ne mukaan kanssa jälkeen minä me he"},
	{"pl", "i w na z do się nie to jest że o jak za od po przez ale dla są tym tego być co już oraz ich jego jej ma tak może przy lub który która które tylko był była było jako bardzo czy także nad pod bez może możesz"},
	{"cs", "a v na se je že s z do o to i ve k za pro jako by po jsou byl ale od jeho které který která si nebo podle tak jen při už jak bylo být také mezi než co má aby"},
	{"tr", "ve bir bu da de için ile çok olarak daha ne gibi en olan ama kadar sonra ya her var ki mi o veya tüm ise değil bütün içinde üzerinde nasıl şey göre"},
	{"id", "yang dan di dari ini untuk dengan itu pada tidak adalah dalam akan juga ke oleh atau dapat karena ada telah bisa lebih saat sebagai seperti anda kami mereka saja sudah agar bagi para"},
	{"vi", "và của là có được cho trong một các không với này người những đã để khi từ như đến về cũng ra tại sẽ nhiều theo trên bạn"},
	{"hu", "a az és hogy nem is egy ez meg de volt csak mint már még vagy ha van el azt minden kell lehet után majd mert ki aki ami"},
	{"ro", "și în de la a cu pe nu o un să este din care ce mai pentru că sunt prin după dar fost sau fi se au lui ca iar"},
	{"ru", "и в не на я что он с как это по но из у за от так же к все для бы мы о вы а то или только если уже его их был была были быть может при до чтобы когда очень есть где более этого этот"},
	{"uk", "і в не на що з як це по але до за від так та для ми ви або якщо його їх був була були бути може при щоб коли є де у й про які який яка"},
	{"bg", "и в не на да се за от с че са е по като но при или това който която ще до има след към бе които може"},
}

// stopWords says of which lists a word is part, by its hash: a bit for each.
var stopWords = tableOfStops()

func tableOfStops() map[uint64]uint32 {
	table := map[uint64]uint32{}
	for i, list := range stopLists {
		for word := range strings.FieldsSeq(list.words) {
			table[hashWord(word)] |= 1 << i
		}
	}
	return table
}
