namespace QuickStart.University;

/// <summary>What the people, groups and rooms of the university are called.</summary>
internal static class Names
{
    public static readonly string[] First =
    [
        "Ada", "Agnès", "Aino", "Alba", "Aïcha", "Anaïs", "André", "Åsa", "Bastian", "Béatrice", "Björn", "Błażej", "Camille", "Carlos", "Chloé", "Çağla",
        "Daniel", "Dörte", "Ebba", "Eloïse", "Emeka", "Emma", "Étienne", "Fatima", "François", "Frida", "Gaël", "Giulia", "Grace", "Håkon", "Hélène",
        "Ines", "İlker", "Ivo", "Jana", "Jérôme", "João", "Kateřina", "Kenji", "Lars", "Léa", "Lucía", "Maëlle", "Małgorzata", "Marek", "Mei", "Miloš",
        "Ndeye", "Nicolas", "Noël", "Núria", "Olga", "Ömer", "Pauline", "Quentin", "Raúl", "Renée", "Saoirse", "Simon", "Søren", "Thi", "Théo", "Ulrike",
        "Vojtěch", "Wanda", "Xavier", "Yann", "Yūko", "Zoé", "Žofia",
    ];

    public static readonly string[] Last =
    [
        "Abadie", "Åkesson", "Álvarez", "Andersen", "Bäcker", "Baptiste", "Bénard", "Brontë", "Castaño", "Chevalier", "Cissé", "D'Angelo", "de Groot",
        "Dupré", "Dvořák", "Eriksson", "Faure", "Fischer", "Fløgstad", "Gagné", "García Márquez", "Gołębiewski", "Grünwald", "Hernández", "Hopper",
        "Horváth", "Ibáñez", "Jørgensen", "Kaczmarek", "Kılıç", "Kovář", "Lefèvre", "Lindqvist", "Lovelace", "Maçon", "Martin", "Mbaye", "Müller",
        "Nguyễn", "Nováková", "O'Neill", "Öztürk", "Perez", "Petit", "Quiñones", "Renard", "Rossi", "Roux", "Šimková", "Smith", "Strauß", "Tanaka",
        "Thévenet", "Tóth", "Traoré", "Uçar", "Vasiľ", "Weiß", "Wójcik", "Yılmaz", "Zając", "Zweig",
    ];

    public static readonly string[] Jobs =
    [
        "lecturer", "professor", "researcher", "librarian", "technician", "secretary", "registrar", "dean", "doctoral student", "tutor", "archivist", "gardener",
    ];

    public static readonly (string Name, string? Description)[] Groups =
    [
        ("Algebra", "Institute of algebra"), ("Archaeology", null), ("Astronomy", "Observatory and its staff"), ("Biology", "Life sciences"),
        ("Botanic garden", "Greenhouses included"), ("Chemistry", null), ("Chess club", "Thursdays at six"), ("Choir", "All voices"), ("Computing", "Institute of computing"),
        ("Dean's office", null), ("Doctoral school", "All faculties"), ("Economics", null), ("Ethics board", "Meets monthly"), ("Finance", "Accounts and purchasing"),
        ("Geography", "Maps, too"), ("History", null), ("IT services", "Network, accounts, help desk"), ("Law", null), ("Library", "Reading room and archive"),
        ("Linguistics", "Sprachen & langues"), ("Medicine", null), ("Music", null), ("Philosophy", "Épistémologie et logique"), ("Physics", "Theory and laboratory"),
        ("Press office", null), ("Registrar", "Enrolment"), ("Sports", null), ("Statistics", null), ("Theatre", "Stage and workshop"), ("Works council", null),
    ];
}
