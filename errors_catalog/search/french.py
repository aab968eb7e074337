"""French, as the search needs it: words that say nothing, SMS spelling, families that the stemmer keeps apart.

Every word is written without accents, as `normalise.normalised` gives it.
"""

# Kept on the side of the query: « été », « même », « à » lose their accents before PostgreSQL's own list sees them.
# « aide » and « trop » are not here: « aide au logement », « trop perçu ».
STOP_WORDS = frozenset(
    """
    a ai aie ainsi ait aller alors apres arrive arriver as au aucun aucune aurais aurait aussi autre autres aux avais
    avait avant avec avez avoir avons besoin bien bonjour bonsoir c ca car ce ceci cela celle celui ces cet cette ceux
    chaque chez chose choses ci combien comme comment d dans de deja depuis des deux dire dit dois doit donc du elle
    elles en encore entre es est et etaient etais etait ete etes etre eu eux faire fais fait fallait faudrait faut
    fois font grave hier ici il ils j je jusque l la le les leur leurs lui m ma maintenant mais mal me meme merci mes
    moi moins mon n ne nos notre nous on ont or ou oui par parce pas peu peut peux plus plutot possible pour pourquoi
    pourrais pouvez probleme problemes puis puisque qqch qu quand que quel quelle quelles quelqu quelque quels
    question qui quoi rien risque risques s sa sais sait sans savoir se selon sera serait ses si soit sommes son sont
    sous stp suis sur svp t ta tant te tes toi ton toujours tous tout toute toutes tres tu un une va vais vers veut
    veux via voici voila vos votre voudrais vous vraiment vu y
    """.split()  # noqa: SIM905
)

# SMS spelling. These say nothing; the others are spelled out below.
SMS = dict.fromkeys(
    """
    ac aps asap atm bcp bjr bsr chui cmb cmt dc dpuis ds fo g ge gt jai jdois jpeu jpeux jsais jss jsuis jvais jveu
    jveux k kan kand ke keske kestion keur ki koi kom koman komen mem mm mnt ms mtn nn ns osef pa pb pbm pk pkoi po pq
    pr pt ptet qd qq qqn qqun rsv slt sr ss tjr tjrs tjs tlm tt vs wsh ya yavait
    """.split(),  # noqa: SIM905
    "",
) | {
    "ak": "avec",
    "appart": "appartement",
    "assu": "assurance",
    "attest": "attestation",
    "bb": "bebe",
    "boulo": "boulot",
    "certif": "certificat",
    "daccord": "accord",
    "dcl": "declarer",
    "declar": "declarer",
    "doc": "document",
    "docs": "documents",
    "imp": "impots",
    "impo": "impots",
    "jtrouve": "trouver",
    "jtravail": "travail",
    "lgt": "logement",
    "msg": "message",
    "nvelle": "nouvelle",
    "nvx": "nouveau",
    "oubl": "oublie",
    "perm": "permis",
    "rdv": "rendez vous",
    "renouv": "renouvellement",
    "rep": "reponse",
    "taf": "travail",
    "taff": "travail",
    "tel": "telephone",
    "tps": "temps",
    "tro": "trop",
    "we": "week end",
}

FAMILIES = [
    ("payer", "paiement"),
    ("perdre", "perte", "perdu"),
    ("vendre", "vente", "vendu"),
    ("louer", "location", "locataire", "loyer"),
    ("inscrire", "inscription", "inscrit"),
    ("deces", "decede", "defunt", "mort", "mourir"),
    ("acheter", "achat"),
    ("naitre", "naissance"),
    ("marier", "mariage"),
    ("divorcer", "divorce"),
    ("separer", "separation"),
    ("demenager", "demenagement"),
    ("declarer", "declaration"),
    ("rembourser", "remboursement"),
    ("renouveler", "renouvellement"),
    ("changer", "changement"),
    ("embaucher", "embauche"),
    ("licencier", "licenciement"),
    ("demissionner", "demission"),
    ("recevoir", "recu", "reception"),
    ("envoyer", "envoi"),
    ("construire", "construction"),
    ("voyager", "voyage"),
    ("emprunter", "emprunt", "pret"),
    ("etudier", "etudes", "etudiant"),
    ("travailler", "travail"),
    ("heriter", "heritage", "heritier", "succession"),
    ("donner", "don", "donation"),
    ("retraite", "retraites"),
    ("creer", "creation"),
    ("cesser", "cessation"),
    ("contester", "contestation"),
    ("corriger", "correction", "rectifier", "rectification"),
    ("oublier", "oubli"),
    ("reprendre", "reprise"),
    ("adopter", "adoption"),
    ("immatriculer", "immatriculation"),
    ("conduire", "conduite", "conducteur"),
    ("importer", "importation", "import"),
    ("exporter", "exportation", "export"),
    ("facturer", "facturation", "facture"),
    ("cotiser", "cotisation"),
    ("indemniser", "indemnite", "indemnisation"),
    ("resilier", "resiliation"),
    ("voter", "vote"),
]
