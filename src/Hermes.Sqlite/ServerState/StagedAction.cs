namespace Hermes.Sqlite.ServerState;

/// <summary>What a staged row does to the cache. The numbers stand in the temporary table.</summary>
internal enum StagedAction
{
    None = 0,
    Insert = 1,
    Update = 2,
    Delete = 3,
}
