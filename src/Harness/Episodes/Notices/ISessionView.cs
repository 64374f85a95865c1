namespace HilRig.Harness.Episodes.Notices;

/// <summary>Shows a session: a terminal, a log, a simulated operator.</summary>
public interface ISessionView
{
    /// <summary>Shows a notice. Called on the conductor's thread; must not block.</summary>
    /// <param name="notice">What happened.</param>
    void Show(SessionNotice notice);
}
