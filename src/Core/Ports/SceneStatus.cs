namespace HilRig.Core.Ports;

/// <summary>What one look at a scene ended with.</summary>
public enum SceneStatus
{
    /// <summary>The newest places are there. The reader judges their age by the stamp.</summary>
    Ok,

    /// <summary>Nothing has been seen since the sensor was opened.</summary>
    NoneYet,

    /// <summary>The sensor has ended or broken; nothing will come again.</summary>
    Lost,
}
