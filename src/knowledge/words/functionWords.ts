/**
 * The words of each language that say how a sentence is built and not what it is about: articles, pronouns,
 * prepositions, auxiliaries, question words, and what people say to be polite. Written for Backscroll; short on
 * purpose, since a word that is merely frequent is found out by counting. They tell languages apart in short texts, are
 * left out of questions, and weigh little in the built-in vectors. Spelled in lower case; accents are folded on use.
 */
export const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: `a an the this that these those i me my mine we us our ours you your yours he him his she her hers it its they them
    their theirs who whom whose which what when where why how and or but nor so if then than because while as of at by for
    from in into on onto to with without about over under after before between through during until up down out off again
    am is are was were be been being do does did doing done don didn doesn have has had having haven hasn will would shall
    should can could cannot may might must isn aren wasn weren won wouldn couldn shouldn not no yes any some every each all
    both either neither there here just also too very only ever even more most much many such own same other another please
    thanks thank hi hello hey anyone anybody someone somebody something anything know tell ve ll re let there's it's i'm
    don't doesn't didn't what's how's where's`,
  de: `der die das den dem des ein eine einen einem einer eines kein keine keinen keinem und oder aber denn sondern ich mich
    mir mein meine meinen du dich dir dein deine er ihn ihm sein seine seinen sie ihr ihre ihren ihnen es wir uns unser
    unsere euch euer man sich wer wen wem was wann wo wohin woher warum wieso weshalb wie welche welcher welches welchen
    welchem wieviel wieviele wovon woran wozu worauf worin womit wofür wodurch worüber wonach wessen oft in im an am auf aus bei beim bis durch für gegen mit nach ohne seit über um unter von vom vor
    zu zum zur zwischen während wegen ist sind war waren bin bist sei wird werden wurde wurden worden hat haben hatte hatten
    habe hast kann können könnte könnten konnte muss müssen musste soll sollen sollte will wollen wollte darf dürfen mag
    möchte nicht nein ja auch nur noch schon sehr mehr so dass daß ob wenn als weil da dann hier dort dies diese dieser
    dieses diesen diesem jeder jede jedes alle alles etwas nichts jemand bitte danke hallo gibt es's mal doch eigentlich
    denn wohl davon damit dazu dafür dabei darauf daran worden sowie bzw`,
  fr: `le la les l un une des du de d au aux ce cet cette ces c mon ma mes ton ta tes son sa ses notre nos votre vos leur
    leurs je j tu il elle on nous vous ils elles me m te t se s lui y en qui que qu quoi dont où quand comment pourquoi
    combien quel quelle quels quelles lequel laquelle et ou mais donc or ni car si dans sur sous avec sans pour par vers
    chez entre depuis pendant avant après contre est sont était étaient être été suis es sommes êtes sera serait ai as a
    avons avez ont avait avaient avoir eu peut peuvent pouvez peux pourrait doit dois doivent fait faire faut ne n pas plus
    non oui aussi très tout tous toute toutes même autre autres comme quelque quelques quelqu'un chose rien cela ça ceci
    celui celle ceux merci bonjour salut svp est-ce déjà encore alors là ici`,
  es: `el la los las un una unos unas lo al del de a y e o u pero sino ni que qué quien quién quienes quiénes cual cuál
    cuales cuáles cuando cuándo donde dónde como cómo porque por para con sin sobre entre desde hasta hacia según tras
    contra durante en yo me mi mis tú te ti tu tus él ella ellos ellas le les se su sus nosotros nos nuestro nuestra
    vosotros usted ustedes este esta estos estas ese esa esos esas eso esto aquel aquella es son era eran fue fueron ser
    sido soy eres somos está están estaba estoy estar ha han había he has haber hay tiene tienen tengo tener puede pueden
    puedo podría debe deben hace hacer hizo hago no sí si ya más muy también solo sólo todo toda todos todas otro otra otros
    otras mismo misma algo alguien alguno alguna nada cada cuánto cuánta cuántos cuántas gracias hola favor aquí allí
    entonces pues`,
  pt: `o a os as um uma uns umas ao aos à às do da dos das de no na nos nas num numa em por pelo pela pelos pelas para pra
    com sem sobre entre até desde após contra durante e ou mas nem que quê quem qual quais quando onde como porque porquê
    se eu me mim meu minha meus minhas tu te teu tua você vocês ele ela eles elas lhe lhes seu sua seus suas nós nosso nossa
    este esta estes estas esse essa esses essas isso isto aquele aquela aquilo é são era eram foi foram ser sido sou somos
    está estão estava estou estar há tem têm tinha tenho ter pode podem posso poderia deve devem faz fazer fez faço não
    sim já mais muito também só todo toda todos todas outro outra outros outras mesmo algo alguém algum alguma nada cada
    quanto quanta quantos quantas obrigado obrigada olá oi favor aqui ali lá então`,
  it: `il lo la i gli le l un uno una del dello della dei degli delle al allo alla ai agli alle dal dallo dalla dai dalle nel
    nello nella nei negli nelle sul sullo sulla sui sulle di a da in con su per tra fra e ed o od ma né che chi cosa cui
    quale quali quando dove come perché perchè quanto quanta quanti quante se io mi me mio mia miei mie tu ti te tuo tua
    lui lei noi voi loro ci vi si ne suo sua suoi sue nostro nostra vostro questo questa questi queste quello quella quelli
    quelle ciò è sono era erano fu furono essere stato stata stati sei siamo ho hai ha abbiamo avete hanno aveva avere può
    possono posso potrebbe deve devono devo fa fare fatto non sì già più molto anche solo tutto tutta tutti tutte altro
    altra altri altre stesso qualcosa qualcuno nulla niente ogni grazie ciao qui lì là allora dopo prima senza sotto sopra
    contro durante secondo c'è`,
  nl: `de het een en of maar want dus dat die dit deze wie wat waar wanneer waarom hoe welke welk hoeveel ik mij me mijn jij je
    jou jouw u uw hij hem zijn zij ze haar wij we ons onze jullie hun hen men er in op aan van voor met zonder bij uit naar
    tot door over onder tegen tussen tijdens na sinds om te is was waren ben bent wordt worden werd werden geworden geweest
    heeft hebben had hadden heb hebt kan kunnen kon zou zouden moet moeten mag mogen wil willen zal zullen gaat doen doet
    niet geen nee ja ook nog al alleen zeer meer dan als omdat toen hier daar elk elke alle alles iets iemand niets ander
    andere zelf bedankt dank hallo graag wel even`,
  sv: `en ett den det de dem som och eller men att jag mig min mitt mina du dig din ditt han honom hans hon henne hennes vi oss
    vår vårt ni er man sig sin sitt sina vem vad vilken vilket vilka när var varför hur många i på av för med utan till
    från om under över efter före mellan mot vid genom är var vara varit blir bli blev har hade ha kan kunde ska skulle
    måste vill får fick gör göra inte nej ja också bara mycket mer än så då här där denna detta dessa varje alla allt något
    någon några annan andra tack hej finns`,
  da: `en et den det de dem som og eller men at jeg mig min mit mine du dig din dit han ham hans hun hende hendes vi os vores i
    jer man sig sin sit sine hvem hvad hvilken hvilket hvilke hvornår hvor hvorfor hvordan mange på af for med uden til fra
    om under over efter før mellem mod ved gennem er var være været bliver blive blev har havde have kan kunne skal skulle
    må vil ville får fik gør gøre ikke nej ja også kun meget mere end så da her der denne dette disse hver alle alt noget
    nogen nogle anden andre tak hej findes`,
  no: `en et ei den det de dem som og eller men at å jeg meg min mitt mine du deg din ditt han ham hans hun henne hennes vi
    oss vår vårt dere man seg sin sitt sine hvem hva hvilken hvilket hvilke når hvor hvorfor hvordan mange i på av for med
    uten til fra om under over etter før mellom mot ved gjennom er var være vært blir bli ble har hadde ha kan kunne skal
    skulle må vil ville får fikk gjør gjøre ikke nei ja også bare mye mer enn så da her der denne dette disse hver alle alt
    noe noen annen andre takk hei finnes`,
  fi: `ja tai mutta että jos kun koska niin kuin minä minun sinä sinun hän hänen me meidän te he heidän se sen sitä siitä
    siinä ne niitä tämä tämän tätä nämä tuo joka jonka jotka mikä mitä missä mistä mihin milloin miksi miten kuka ketä
    kenen kuinka moni monta paljon onko on ovat oli olivat olla ollut ole olen ei eivät en voi voivat voiko pitää myös vain
    vielä jo hyvin enemmän kuten kaikki jokin joku mukaan sekä ennen jälkeen kanssa ilman kiitos hei`,
  pl: `i oraz lub albo ale a że żeby jeśli jeżeli gdy kiedy gdzie dlaczego jak kto kogo komu co czego czym czy jaki jaka jakie
    jakich który która które których ile w we na do z ze za od po pod nad przed przez przy dla bez między o u ja mnie mi
    mój moja moje ty ciebie ci twój on jego jemu ona jej oni ich im my nas nam nasz wy was się siebie swój to ten ta te
    tego tej tym tych jest są był była było były być będzie będą mam ma mają mieć miał może mogą można mogę musi trzeba nie
    tak też także tylko już jeszcze bardzo więcej niż wszystko wszystkie każdy inny ktoś coś nic tu tam proszę dzięki
    dziękuję cześć`,
  cs: `a i nebo ale že aby jestli pokud když kdy kde kam proč jak kdo koho komu co čeho čím jaký jaká jaké který která které
    kterých kolik v ve na do z ze za od po pod nad před přes při pro bez mezi o u s se k ke já mě mi můj moje ty tě ti tvůj
    on jeho jemu ona její oni jejich jim my nás nám náš vy vás si svůj to ten ta ty toho té tom těch je jsou byl byla bylo
    byly být bude budou jsem jsi mám má mají mít měl může mohou můžu musí ne ano není také jen už ještě velmi více než
    všechno všechny každý jiný někdo něco nic tady tam prosím díky děkuji ahoj`,
  ro: `și sau dar ci că să dacă când unde de ce cum cine pe cui ce care câți câte cât în din la cu fără pentru prin peste sub
    între după înainte spre până despre un o unui unei niște al a ai ale cel cea cei cele eu mă mie meu mea tu te tău el ea
    lui ei ele lor noi ne nostru voi vă se își său sa acest această acești aceste acesta aceasta este sunt era erau fost fi
    fie am are au avea avut poate pot trebuie face nu da nici mai foarte doar și-a tot toate toți alt altă altul ceva
    cineva nimic fiecare aici acolo mulțumesc salut bună`,
  hu: `a az egy és vagy de hogy ha mert mint amikor mikor hol hova honnan miért hogyan ki kit kinek mi mit minek melyik milyen
    mennyi hány én engem te téged ő őt mi minket ti ők azt ezt ez ezek azok aki ami amely amelyek nem igen is csak már még
    nagyon több van vannak volt voltak lesz lenni legyen lehet kell tud tudja el meg fel le ki be át össze által után előtt
    között alatt felett nélkül szerint minden más valaki valami semmi itt ott köszönöm szia kérem`,
  tr: `ve veya ya da ama fakat ancak ki eğer ise çünkü gibi için ile kadar göre sonra önce üzere ben beni bana benim sen seni
    sana senin o onu ona onun biz bizi bize bizim siz sizi size sizin onlar onları bu şu bunu şunu bunun bunlar kim kimin
    kime ne neyi neden niçin niye nasıl nerede nereye nereden hangi hangisi kaç zaman mı mi mu mü mıdır midir değil var yok
    olan olarak oldu olduğu olur olması idi ise iken bir her bütün tüm bazı hiç çok daha en az de da den dan diye şey
    teşekkürler merhaba lütfen`,
  id: `dan atau tetapi tapi namun bahwa jika kalau ketika saat karena sebab agar supaya yang di ke dari pada untuk dengan
    tanpa oleh dalam antara sejak sampai hingga setelah sebelum tentang saya aku kamu anda dia ia mereka kami kita nya ini
    itu tersebut siapa apa apakah kapan mana dimana kemana mengapa kenapa bagaimana berapa adalah ialah ada akan telah sudah
    sedang masih dapat bisa harus boleh tidak bukan belum ya juga hanya lebih sangat paling semua setiap beberapa lain
    seorang sebuah terima kasih halo tolong`,
  vi: `và hoặc hay nhưng mà rằng nếu thì khi lúc vì bởi do nên để của ở tại trong ngoài trên dưới từ đến với cho về theo giữa
    sau trước tôi ta chúng bạn anh chị em ông bà nó họ mình này kia đó ấy đây ai gì nào đâu sao thế bao nhiêu mấy là có
    không chưa đã đang sẽ được bị phải cần thể nên rất cũng chỉ vẫn còn nhất hơn các những một mọi mỗi cái con người việc
    như vào ra lại làm cảm ơn xin chào ạ nhé`,
  ca: `el la els les un una uns unes de del dels al als en a amb sense per entre sobre des fins i o però ni que què qui quin
    quina quins quines quan on com perquè jo em mi meu meva tu et teu ell ella ells elles li es seu seva nosaltres ens
    aquest aquesta això allò és són era eren ser sigut està estan ha han havia hi pot poden cal fa fer no sí ja més molt
    també només tot tota tots altre altra mateix alguna algú res cada gràcies hola`,
  sk: `a i aj alebo ale že aby ak keď kedy kde kam prečo ako kto koho komu čo čoho čím aký aká aké ktorý ktorá ktoré koľko v
    vo na do z zo za od po pod nad pred cez pri pre bez medzi o u s so k ku ja mňa mi môj moja moje ty teba ti tvoj on jeho
    ona jej oni ich im my nás nám náš vy vás si sa svoj to ten tá tie toho tej tom tých je sú bol bola bolo boli byť bude
    budú som ste má majú mať môže môžu musí nie áno tiež len už ešte veľmi viac než všetko každý iný niekto niečo nič tu tam
    prosím ďakujem ahoj`,
  hr: `i ili ali da ako kad kada gdje kamo zašto kako tko ko koga kome što šta čega čim koji koja koje kojih kojim koliko u na
    do iz s sa za od po pod nad pred kroz pri bez između o ja mene mi moj moja moje ti tebe tvoj on njega ona nje njoj oni
    ih im nas nam naš vas vam se svoj to taj ta te toga tom tih ovo ovaj ova je su bio bila bilo bili biti bit će ću sam ste
    smo si ima imaju imati može mogu mora ne nije nisu također samo već još vrlo više nego sve svaki drugi netko neko nešto
    ništa ovdje tamo molim hvala bok`,
  sl: `in ali pa da če ko kdaj kje kam zakaj kako kdo koga komu kaj česa čim kateri katera katere kakšen kakšna koliko v na do
    iz z s za od po pod nad pred skozi pri brez med o jaz mene mi moj moja ti tebe tvoj on njega ona nje njej oni jih jim
    nas nam naš vas vam se svoj to ta te tega tem teh je so bil bila bilo bili biti bo bodo sem ste smo ima imajo imeti
    lahko mora ne ni niso tudi samo že še zelo več kot vse vsak drug nekdo nekaj nič tukaj tam prosim hvala živjo`,
  et: `ja või aga et kui sest nii nagu ma mina mind mu minu sa sina sind su sinu ta tema teda nad nende neid me meie te teie
    see selle seda selles need nende mis mida mille kus kust kuhu millal miks kuidas kes keda kelle milline millised kui
    palju mitu on oli olid olla olnud olen oled ei ole saab saavad peab võib tuleb ka ainult veel juba väga rohkem kõik iga
    keegi midagi ning enne pärast koos ilma vahel kohta aitäh palun tere`,
  lt: `ir arba bet kad jei jeigu nes kaip kai aš mane mano man tu tave tavo tau jis jo jam ji jos jai jie jų mes mūsų mums jūs
    jūsų jums tai tas ta šis ši šie šios to tos kas ką ko kam kur iš kada kodėl kiek kuris kuri kurie kurios koks kokia
    kokie yra buvo būti bus esu esi gali galima reikia turi turėti ne nėra taip pat tik dar jau labai daugiau nei visi
    kiekvienas kažkas nieko su be prie po prieš tarp apie ant į už per ačiū prašau labas`,
  lv: `un vai bet ka ja jo kā kad es mani mans man tu tevi tavs tev viņš viņa viņu viņam viņi mēs mūsu mums jūs jūsu jums tas
    tā tie tās šis šī šie šīs kas ko kam kur no kāpēc cik kurš kura kuri kuras kāds kāda kādi ir bija būt būs esmu esi var
    vajag nav nē jā arī tikai vēl jau ļoti vairāk nekā visi katrs kaut kāds nekas ar bez pie pēc pirms starp par uz iekš aiz
    caur paldies lūdzu sveiki`,
  ms: `dan atau tetapi bahawa jika kalau apabila kerana supaya yang di ke dari daripada untuk dengan tanpa oleh dalam antara
    sejak sehingga selepas sebelum tentang saya aku kamu anda dia ia mereka kami kita ini itu tersebut siapa apa apakah bila
    mana mengapa kenapa bagaimana berapa ialah adalah ada akan telah sudah sedang masih boleh dapat harus tidak bukan belum
    ya juga hanya lebih sangat paling semua setiap beberapa lain seorang sebuah terima kasih tolong`,
  ru: `и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было вот от меня
    еще ещё нет о об из ему теперь когда даже ну вдруг ли если уже или ни быть был была были него до вас нибудь опять вам
    ведь там потом себя ничего ей может могут можно они тут где есть надо ней для мы тебя их чем сам чтоб чтобы без будто
    чего раз тоже себе под будет ж тогда кто кого кому этот эта это эти этого этой том такой такая такие какой какая какое
    какие каких каким каком почему зачем откуда куда сколько который которая которое которые которых который при через над
    между после перед про также является являются всех всего свой своей своих мой моя мои наш наши ваш пожалуйста спасибо
    привет кто-нибудь`,
  uk: `і й та в у не що він на я з із як а то все вона так його але ти до же ви за би по тільки її мені було від мене ще ні
    про коли навіть чи якщо вже або бути був була були нього вас вам адже там потім себе нічого може можуть можна вони тут
    де є треба для ми тебе їх чим сам щоб без чого теж також під буде тоді хто кого кому цей ця це ці цього цієї той такий
    така такі який яка яке які яких чому навіщо звідки куди скільки котрий при через над між після перед свій мій моя наш
    ваш будь ласка дякую привіт`,
  bg: `и в във не че той на аз с със как а то всичко тя така го но да ти към у вие за би по само я ми беше от мен още няма
    о когато дори ли ако вече или нито бъде бил била били него до вас там после себе си нищо може могат можем те тук къде
    има трябва ние ги чрез без какво що също под ще тогава кой кого кому този тази това тези такъв каква какви какъв защо
    откъде колко който която което които при над между след преди е са съм сме сте моля благодаря здравей`,
  el: `ο η το οι τα του της των τον την τους τις στο στη στην στον στους στις στα ένας μια μία ένα και ή αλλά όμως ούτε ότι
    πως που να αν θα για με χωρίς από σε προς κατά μετά πριν μέχρι μεταξύ παρά επί υπό εγώ εμένα μου εσύ σου αυτός αυτή αυτό
    αυτοί αυτές αυτά εμείς μας εσείς σας τους ποιος ποια ποιο ποιοι ποιες ποιον τι πότε πού γιατί πώς πόσο πόσοι πόσες πόσα
    είναι ήταν είμαι είσαι έχει έχουν είχε έχω μπορεί μπορούν μπορώ πρέπει δεν δε μη μην ναι όχι και επίσης μόνο πολύ πιο
    όλα όλοι κάθε άλλος άλλη άλλο κάτι κάποιος τίποτα εδώ εκεί όπως όταν όπου ως παρακαλώ ευχαριστώ γεια`,
  ar: `في من على إلى الى عن مع بين حتى منذ خلال بعد قبل تحت فوق عند لدى و ف ب ل ك أو او ثم لكن بل أن ان إن أنّ لأن إذا اذا لو
    كما مثل هذا هذه ذلك تلك هؤلاء الذي التي الذين اللذان اللاتي ما ماذا من متى أين اين كيف لماذا هل كم أي اي أية هو هي هم هن
    أنا انا نحن أنت انت أنتم كان كانت كانوا يكون تكون يكن ليس ليست قد لقد سوف لا لم لن نعم كل بعض غير أيضا ايضا فقط جدا أكثر
    هناك هنا حيث عندما بعدما التى به بها له لها لهم منه منها فيه فيها عليه عليها وهو وهي وكان شكرا مرحبا`,
  fa: `و در به از که این آن را با برای تا بر هم نیز یا اما ولی اگر چون چه چرا چگونه چطور کجا کی کدام چند چقدر آیا من تو او ما
    شما آنها ایشان خود است بود هست نیست شد شده می کرد کرده کند شود باشد دارد دارند هر همه یک دیگر پس پیش بین بدون روی زیر
    هیچ فقط خیلی بیشتر لطفا سلام ممنون`,
  he: `של על את עם אל אם או גם כי לא כן זה זו זאת אלה אלו הוא היא הם הן אני אתה את אנחנו אתם מי מה מתי איפה היכן למה מדוע
    איך כיצד כמה איזה איזו אילו היה היתה הייתה היו יהיה להיות יש אין אך אבל רק עוד מאוד יותר כל כמו בין לפני אחרי תחת מעל
    ללא בלי עד מן אשר שהוא לו לה להם שלו שלה שלהם כאן שם אז בבקשה תודה שלום`,
  hi: `का की के को में से पर ने और या लेकिन कि जो तो ही भी यह वह ये वे इस उस इन उन इसके उसके उनके अपने अपनी अपना मैं मुझे
    मेरा हम हमें हमारा तुम आप आपका क्या कौन कब कहाँ कहां क्यों कैसे कितना कितने कितनी किस किसने किसके किसी कौनसा है हैं था थी
    थे हो होता होती होते हुआ हुई हुए गया गई गए कर करना करने किया करता करते रहा रही रहे सकता सकते सकती जा लिए साथ बाद पहले तक
    द्वारा नहीं न हाँ हां सब कुछ एक बहुत अधिक जब अगर यदि दिया था कृपया धन्यवाद नमस्ते`,
  zh: `什 怎 的 了 着 地 得 在 是 和 与 與 或 及 而 也 都 就 还 還 把 被 对 對 从 從 到 向 于 於 之 其 这 這 那 有 为 為 以 所 因 但 吗 嗎
    呢 啊 吧 呀 我 你 您 他 她 它 们 們 谁 誰 哪 何 几 幾 个 個 什么 什麼 怎么 怎麼 怎样 怎樣 如何 为什么 為什麼 为什 为何 為何
    什么时候 什么样 哪个 哪個 哪些 哪里 哪裡 多少 多久 是否 可以 可能 能够 我们 我們 你们 你們 他们 他們 这个 這個 那个 那個 这些
    這些 那些 自己 以及 因为 因為 所以 如果 但是 而且 或者 还是 還是 就是 不是 没有 沒有 么 麼 请问 請問 谢谢 謝謝 你好 时候 是什 么是
    有什 么样 的是 了什 是谁 是多 有多 有哪 在哪`,
  ja: `の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その あっ よう また
    もの という あり まで られ なる へ か だ これ によって により おり より による ず なり られる において ば なかっ なく しかし
    について せ だっ その後 できる それ う ので なお のみ でき き つ における および いう さらに でも ら たり その他 に関する たち
    ます ん なら です ました ません でした ください 何 誰 どこ いつ なぜ どう どの どれ どんな どのように どうやって いくつ いくら
    ですか ますか したか とは には では のか のは のが のを った って して から ます した すか だれ なに`,
  ko: `은 는 이 가 을 를 의 에 에서 에게 로 으로 와 과 도 만 까지 부터 보다 그리고 또는 하지만 그러나 그래서 그 저 나 너 우리 당신
    누가 누구 무엇 무엇을 무엇이 뭐 언제 어디 어디서 어디에 왜 어떻게 어떤 어느 몇 얼마나 있는 있다 있나요 없는 없다 하는 하다 한다
    했다 합니다 입니다 인가요 무엇인가요 됩니다 되는 된 것 수 등 및 더 매우 모든 다른`,
  th: `ที่ และ ใน ของ เป็น มี ได้ ว่า จะ ไม่ ให้ กับ จาก ไป มา การ ความ นี้ นั้น หรือ แต่ ก็ โดย เพื่อ แล้ว อยู่ คือ ซึ่ง ต้อง
    ถูก ยัง ตาม ถึง เมื่อ กว่า ทำ อะไร ใคร ที่ไหน เมื่อไหร่ เมื่อใด ทำไม อย่างไร ยังไง เท่าไหร่ เท่าใด กี่ ไหน ใด บ้าง ไหม มั้ย
    ครับ ค่ะ คะ เขา เธอ ผม ฉัน คุณ เรา พวก มัน ทุก หลาย บาง อื่น เช่น ด้วย ขึ้น ลง ออก เข้า`,
};
