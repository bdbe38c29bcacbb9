package cn.yuelan.imc;

import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.os.Bundle;
import com.getcapacitor.BridgeActivity;

public class MainActivity extends BridgeActivity {

    @Override
    protected void onCreate(Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        NotificationChannel visits = new NotificationChannel(
            "visits",
            getString(R.string.visit_channel_name),
            NotificationManager.IMPORTANCE_HIGH
        );
        visits.setDescription(getString(R.string.visit_channel_description));
        getSystemService(NotificationManager.class).createNotificationChannel(visits);
    }
}
